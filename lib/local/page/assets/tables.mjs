import { byId, bytes, create, milliseconds, setText, statusMark, updateRows } from './dom.mjs';

const number = (text, mark) => ({ className: 'number', text, mark });

const STATES = { preloaded: 'in INIT', lazy: 'lazy', loaded: 'loaded' };
const STATE_MARKS = { preloaded: 'ahead', lazy: 'lazy', loaded: 'ok' };

/** @param use called with the prefix of the router that a request is to be sent to */
export function createTables(use) {
  const routers = routerColumns(use);
  return {
    update({ routers: items, requests, init, environments }) {
      updateRows(byId('routers'), routers, items.map((router) => ({ ...router, alive: environments.alive })), ({ prefix }) => prefix);
      updateRows(byId('requests'), REQUEST_COLUMNS, requests, (request) => request.number);
      updateRows(byId('decisions'), DECISION_COLUMNS, init.decisions, ({ file }) => file);
      document.querySelector('.none').hidden = requests.length > 0;
    },
  };
}

function routerColumns(use) {
  return [
    { isHeader: true, className: 'prefix', text: ({ prefix }) => prefix },
    { className: 'state', text: stateOf, mark: ({ state }) => STATE_MARKS[state] },
    { className: 'kind', text: ({ kind = '–' }) => kind },
    number((router) => bytes(router.bytes)),
    number(({ totalBytes }) => bytes(totalBytes)),
    number(({ loadMs }) => milliseconds(loadMs)),
    number(({ requests }) => String(requests)),
    number(({ errors }) => String(errors), ({ errors }) => (errors > 0 ? 'bad' : '')),
    number(({ lastStatus }) => String(lastStatus ?? ''), ({ lastStatus }) => statusMark(lastStatus)),
    number(({ lastTotalMs }) => milliseconds(lastTotalMs)),
    { className: 'action', create: (router) => useButton(router, use) },
  ];
}

function useButton({ prefix }, use) {
  const button = create('button', { type: 'button', text: 'Try' });
  button.setAttribute('aria-label', `Try ${prefix}`);
  button.addEventListener('click', () => use(prefix));
  return button;
}

/** With several environments, it shows their number. */
function stateOf({ state, loadedIn, alive }) {
  return state === 'loaded' && alive > 1 ? `loaded in ${loadedIn} of ${alive}` : STATES[state];
}

const REQUEST_COLUMNS = [
  { className: 'time', text: ({ time }) => new Date(time).toTimeString().slice(0, 8) },
  { className: 'status', text: ({ status }) => String(status ?? 'gone'), mark: ({ status = 500 }) => statusMark(status) },
  { className: 'method', text: ({ method }) => method },
  { isHeader: true, className: 'path', create: createPath },
  { className: 'prefix', text: ({ router = '' }) => router },
  { className: 'start', text: ({ cold }) => (cold === undefined ? '' : cold ? 'cold' : 'warm'), mark: ({ cold }) => (cold ? 'ahead' : '') },
  number(({ initMs }) => milliseconds(initMs)),
  number(({ loadMs }) => milliseconds(loadMs)),
  number(({ totalMs }) => milliseconds(totalMs)),
];

/** A recorded request does not change. */
function createPath({ path, notes }) {
  const content = document.createDocumentFragment();
  content.append(create('code', { text: path }), ...notes.map((note) => create('small', { text: `note: ${note}` })));
  return content;
}

const DECISION_COLUMNS = [
  { isHeader: true, className: 'chunk', create: createChunk },
  { className: 'state', text: ({ preload }) => (preload ? 'in INIT' : 'lazily'), mark: ({ preload }) => (preload ? 'ahead' : 'lazy') },
  number((decision) => bytes(decision.bytes)),
  { className: 'why', text: ({ reason }) => reason },
];

function createChunk({ file, contents }) {
  const content = document.createDocumentFragment();
  content.append(create('code', { text: file }), ...contents.length > 0 ? [create('small', { text: contents.join(', ') })] : []);
  return content;
}

/** The numbers above the tables. */
export function updateFigures({ total, environments: { alive, coldStarts, meanInitMs }, init }) {
  setText(byId('total-requests'), String(total.requests));
  setText(byId('total-errors'), String(total.errors));
  byId('total-errors').dataset.mark = total.errors > 0 ? 'bad' : '';
  setText(byId('alive'), String(alive));
  setText(byId('cold-starts'), String(coldStarts));
  setText(byId('mean-init'), meanInitMs === undefined ? '–' : `${milliseconds(meanInitMs)} ms`);
  setText(byId('init-bytes'), bytes(init.bytes));
  setText(byId('policy'), `Policy: ${init.policy}. INIT loads ${bytes(init.bytes)} of code.`);
}
