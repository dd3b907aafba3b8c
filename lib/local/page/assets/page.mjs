import { createBuildView } from './build.mjs';
import { byId, create, setText } from './dom.mjs';
import { createTables, updateFigures } from './tables.mjs';
import { createTester } from './tester.mjs';

const tester = createTester();
const views = [createTables(tester.use), tester, createBuildView(), { update: updateFigures }, { update: updateHead }, { update: updateNotes }];
let events;

function updateHead({ construct, endpoint, functionName }) {
  document.title = `${construct} – lazy-api dev`;
  setText(byId('construct'), construct);
  setText(byId('about'), `${endpoint} at ${location.origin}, function ${functionName}`);
}

function updateNotes({ notes }) {
  byId('notes-section').hidden = notes.length === 0;
  if (byId('notes').children.length !== notes.length) byId('notes').replaceChildren(...notes.map((text) => create('li', { text })));
}

function showConnection(mark, text) {
  setText(byId('connection'), text);
  byId('connection').dataset.mark = mark;
}

/** The browser reconnects automatically, also after `lazy-api dev` restarts. */
function connect() {
  events ??= new EventSource('/_lazy/events');
  events.onopen = () => showConnection('ok', 'Live');
  events.onerror = () => showConnection('bad', 'Not connected: is lazy-api dev running?');
  events.onmessage = ({ data }) => {
    const state = JSON.parse(data);
    for (const view of views) view.update(state);
  };
}

/** A browser allows only a few connections to one server, so a hidden page closes its connection. */
function disconnect() {
  events?.close();
  events = undefined;
  showConnection('wait', 'Paused');
}

document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
connect();
