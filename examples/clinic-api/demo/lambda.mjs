// Runs in a new process, as in Lambda: imports the handler (INIT), then passes it the event from standard input.
// It does not use an environment of the local Lambda, because it measures only the import, without the start of Node.js, and counts the files that V8
// parses.
// The last line on standard output is the result, because router code may print before it.
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const WARM_REQUESTS = 5;
const [asset, mode] = process.argv.slice(2);
const event = JSON.parse(readFileSync(0, 'utf8'));
const context = { awsRequestId: 'demo', functionName: 'demo', getRemainingTimeInMillis: () => 29_000 };
const index = pathToFileURL(join(asset, 'index.mjs')).href;

const files = new Set();
if (mode === 'count') {
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params: { url } }) => {
    if (url.startsWith(pathToFileURL(asset).href)) files.add(url);
  });
  session.post('Debugger.enable');
}

const started = performance.now();
const { handler } = await import(index);
const ready = performance.now();
const { statusCode, body } = await handler(structuredClone(event), context);
const answered = performance.now();

const warm = [];
for (let i = 0; i < WARM_REQUESTS; i++) {
  const start = performance.now();
  await handler(structuredClone(event), context);
  warm.push(performance.now() - start);
}
warm.sort((a, b) => a - b);
console.log(`\n${JSON.stringify({ status: statusCode, body, files: files.size, init: ready - started, first: answered - ready, warm: warm[WARM_REQUESTS >> 1] })}`);
process.exit(0);
