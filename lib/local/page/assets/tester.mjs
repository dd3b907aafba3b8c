import { byId, create, milliseconds, setText, statusMark } from './dom.mjs';

/** The server uses it to find the request again. The function does not receive it. */
const TESTER_HEADER = 'x-lazy-tester';

/** The maximum number of characters of a body that are shown. */
const CHARACTERS = 200_000;

const BODYLESS = ['GET', 'HEAD'];

/** The form that sends requests and shows the responses. */
export function createTester() {
  const form = byId('tester');
  let mark;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    mark = crypto.randomUUID();
    const own = mark;
    showStatus('Sending', 'wait');
    showFacts([]);
    const answer = await send(own);
    // Another request has been sent in the meantime.
    if (own === mark) show(answer);
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  byId('method').addEventListener('change', allowBody);
  allowBody();
  return {
    use(prefix) {
      byId('path').value = prefix;
      byId('path').focus();
    },
    update({ routers, requests }) {
      offer(routers.map(({ prefix }) => prefix));
      const line = mark && requests.find(({ tester }) => tester === mark);
      if (line) showFacts(factsOf(line), line.status);
    },
  };
}

function allowBody() {
  byId('body').disabled = BODYLESS.includes(byId('method').value);
}

function offer(prefixes) {
  const list = byId('prefixes');
  const offered = [...list.options].map(({ value }) => value);
  if (offered.join() === prefixes.join()) return;
  if (byId('path').value === '/' && prefixes.length > 0) byId('path').value = prefixes[0];
  list.replaceChildren(...prefixes.map((value) => create('option', { value })));
}

async function send(mark) {
  const method = byId('method').value;
  const url = location.origin + byId('path').value.replace(/^\/?/, '/');
  try {
    const headers = new Headers(headerLines());
    headers.set(TESTER_HEADER, mark);
    const body = BODYLESS.includes(method) || byId('body').value === '' ? undefined : byId('body').value;
    const response = await fetch(url, { method, headers, body, redirect: 'manual', cache: 'no-store' });
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (error) {
    return { error };
  }
}

function headerLines() {
  return byId('headers').value.split('\n').filter((line) => line.trim() !== '').map((line) => {
    const [, name, value] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`a header must be "name: value", got "${line}"`);
    return [name, value];
  });
}

function show({ response, bytes, error }) {
  if (error) showStatus(`Not sent: ${error.message}`, 'bad');
  // The browser hides the status and the headers of a redirect. The request line shows the status.
  else if (response.type === 'opaqueredirect') showStatus('A redirect', 'ok');
  else showStatus(`${response.status} ${response.statusText}`.trim(), statusMark(response.status));
  const headers = response ? [...response.headers].map((header) => header.join(': ')).join('\n') : '';
  setText(byId('answer-headers'), headers || 'The browser shows none.');
  setText(byId('answer-body'), response ? describeBody(bytes, response.headers.get('content-type') ?? '') : '');
}

function showStatus(text, mark) {
  byId('answer').hidden = false;
  byId('answer-status').dataset.mark = mark;
  setText(byId('answer-status'), text);
}

function describeBody(bytes, type) {
  if (bytes.length === 0) return 'The body is empty.';
  const text = textOf(bytes);
  if (text === undefined) return `${bytes.length} bytes of ${type || 'an unknown type'}`;
  const shown = prettyJson(text) ?? text;
  return shown.length > CHARACTERS ? `${shown.slice(0, CHARACTERS)}…\n(${bytes.length} bytes in all)` : shown;
}

/** Undefined if it is not text. */
function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function prettyJson(text) {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return undefined;
  }
}

/** What the server knows about the request. */
function factsOf({ router, cold, initMs, loadMs, totalMs, notes, status }) {
  return [
    ...router === undefined ? [] : [['Router', router]],
    ...cold === undefined ? [] : [['Start', cold ? 'cold' : 'warm']],
    ...initMs === undefined ? [] : [['INIT', `${milliseconds(initMs)} ms`]],
    ...loadMs === undefined ? [] : [['Load', `${milliseconds(loadMs)} ms`]],
    ['Total', `${milliseconds(totalMs)} ms`],
    ...status >= 300 && status < 400 ? [['Status', String(status)]] : [],
    ...notes.map((note) => ['Note', note]),
  ];
}

function showFacts(facts) {
  const text = JSON.stringify(facts);
  const list = byId('answer-facts');
  if (list.dataset.shown === text) return;
  list.dataset.shown = text;
  list.replaceChildren(...facts.map(([name, value]) => create('div', {}, create('dt', { text: name }), create('dd', { text: value }))));
}
