// routers/verification/smoke/send-requests.ts runs this file in a separate process. It sends events to the handler of a built asset, one after the
// other, and reports each response.
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { defineAwsLambda, STREAMING } from './lambda-globals.mjs';
import { refuseNetwork } from './refuse-network.mjs';
import { watchFiles } from './watch-files.mjs';
import { watchImports } from './watch-imports.mjs';

/** The descriptor of the open file that reports go to. */
const REPORTS = 3;
const { asset, events, limitMs } = JSON.parse(readFileSync(0, 'utf8'));
const { kill, pid } = process;
const report = (line) => writeSync(REPORTS, `\n${JSON.stringify(line)}\n`);

watchImports(asset, REPORTS);
const network = refuseNetwork();
const files = watchFiles();
const lines = watchLines();

defineAwsLambda();

const { handler } = await import(pathToFileURL(join(asset, 'index.mjs')).href);
for (const [index, event] of events.entries()) {
  report({ index, state: 'sending' });
  [network, files, lines].forEach((watched) => watched.clear());
  const status = await send(event, index);
  report({ index, state: 'answered', status, error: lines.error(), missingFiles: files.missing(), usedNetwork: network.isUsed() });
}
// SIGKILL, so that nothing that the routers started or installed can delay the exit.
kill(pid, 'SIGKILL');

async function send(event, index) {
  const deadline = Date.now() + limitMs;
  const context = {
    functionName: 'verification',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:verification',
    memoryLimitInMB: '1024',
    awsRequestId: `verification-${index}`,
    logGroupName: '/aws/lambda/verification',
    logStreamName: 'verification',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  if (!(STREAMING in handler)) return (await handler(event, context)).statusCode;
  const stream = Object.assign(new Writable({ write: (chunk, encoding, done) => done() }), { setContentType() {} });
  // A streaming handler rejects only to abort a response.
  return handler(event, stream, context).then(() => stream.head?.statusCode ?? 200, () => 'broken off');
}

/** Collects the lines in which the function logs failures, and what may be wrong with a 404. */
function watchLines() {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  let logged = [];
  stdout.write = (text, ...rest) => {
    logged.push(...String(text).split('\n').map(toFailure).filter(Boolean));
    return write(text, ...rest);
  };
  return { clear: () => { logged = []; }, error: () => logged.at(-1) };
}

function toFailure(line) {
  try {
    const { level, code, message, error } = JSON.parse(line);
    if (code === undefined || !(['WARN', 'ERROR'].includes(level) || code === 'PREFIX_TWICE')) return undefined;
    return error ? `${code}: ${error.stack?.split('\n    at ')[0] ?? error.message}${causeOf(error)}` : `${code}: ${message}`;
  } catch {
    return undefined;
  }
}

function causeOf({ cause }) {
  return cause ? `\ncaused by ${cause.message}${causeOf(cause)}` : '';
}
