import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { ApiAuthorization, ApiEndpoint, RequestLog, Rollout, Verify } from '../lib';
import { http2 } from './runtime/events';
import { assetOf, newApi, routersOf } from './support/app';
import { listFiles, scratch } from './support/project';

/**
 * Every kilobyte of the runtime adds to cold starts. The budgets are bytes of minified code.
 */
const BUDGETS = {
  /** Everything that an app with one empty router loads in INIT and for its first request, without request reports. */
  loaded: 10.5 * 1024,
  /** The code that reports requests. */
  report: 2.75 * 1024,
  /** The code that responds to the check that a deployment runs before traffic moves. */
  preTraffic: 2 * 1024,
  /** The additional code of a router that logs. */
  logger: 2 * 1024,
  /** The additional code for fetch routers. */
  fetch: 6 * 1024,
  /** The additional code for apps of server frameworks. */
  listener: 8 * 1024,
  /** The code that is loaded only after a failure. */
  recovery: 4 * 1024,
  /** The additional code of an app whose router reads a secret. */
  secrets: 7 * 1024,
  /** The code that is loaded only for requests to AWS itself. */
  direct: 4 * 1024,
  /** The additional code for endpoints that stream, use an authorizer, respond to preflight requests, or are REST APIs. */
  streaming: 1.5 * 1024,
  authorizer: 0.5 * 1024,
  preflight: 1024,
  rest: 2 * 1024,
};

const EMPTY = { 'src/routers/empty.ts': 'export const handler = async () => ({ statusCode: 204 });' };

/** Runs the asset in a new process, and returns its files that Node.js compiled, according to the debugger. */
function loadedFiles(asset: string): string[] {
  const task = path.join(scratch(), 'task');
  fs.cpSync(asset, task, { recursive: true });
  const script = `
    import { Session } from 'node:inspector';
    const session = new Session();
    session.connect();
    const urls = new Set();
    session.on('Debugger.scriptParsed', ({ params: { url } }) => urls.add(url));
    session.post('Debugger.enable');
    const { handler } = await import(process.argv[1]);
    const { statusCode } = await handler(JSON.parse(process.argv[2]), { awsRequestId: 'r', getRemainingTimeInMillis: () => 29000 });
    console.log(JSON.stringify({ statusCode, urls: [...urls] }));
    process.exit(0);`;
  const event = http2({ path: '/api/empty', resource: '/api/empty' });
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, path.join(task, 'index.mjs'), JSON.stringify(event)], { encoding: 'utf8' });
  const { statusCode, urls } = JSON.parse(output.trim().split('\n').pop()!) as {
    statusCode: number;
    urls: string[];
  };
  expect(statusCode).toBe(204);
  return urls.filter((url) => url.includes('/task/')).map((url) => url.split('/task/')[1]).sort();
}

const sizeOf = (asset: string, ...files: string[]) => files.reduce((sum, file) => sum + fs.statSync(path.join(asset, file)).size, 0);

test(`an app with one empty router loads at most ${BUDGETS.loaded / 1024} KB with its router and the generated entry, plus the request reports`, () => {
  const [plain, reporting] = [RequestLog.none(), undefined].map((requestLog) => {
    const asset = assetOf(newApi({ routers: routersOf(EMPTY), requestLog, verify: Verify.atSynth() }));
    const files = loadedFiles(asset);
    expect(files).toEqual(['index.mjs', 'main.mjs', 'routers/empty.mjs']);
    return sizeOf(asset, ...files);
  });
  expect(plain).toBeLessThanOrEqual(BUDGETS.loaded);
  expect(reporting - plain).toBeLessThanOrEqual(BUDGETS.report);
});

test('ADR 7 states the same budget', () => {
  const adr = fs.readFileSync(path.join(__dirname, '../docs/adr/0007-runtime-in-modules.md'), 'utf8');
  expect(adr).toContain(`at most ${BUDGETS.loaded / 1024} KB`);
});

test('the parts for fetch routers, server frameworks, and failures stay within their budgets', () => {
  const asset = assetOf(newApi({ routers: routersOf(EMPTY) }));
  expect(sizeOf(asset, 'fetch.mjs')).toBeLessThanOrEqual(BUDGETS.fetch);
  expect(sizeOf(asset, 'listener.mjs')).toBeLessThanOrEqual(BUDGETS.listener);
  expect(sizeOf(asset, 'recovery.mjs')).toBeLessThanOrEqual(BUDGETS.recovery);
});

test('an app that reads a secret loads the client, and loads the code for requests to AWS only when it is needed', () => {
  const secretive = { 'src/routers/empty.ts': 'import { getSecret } from "cdk-lazy-api/runtime"; export const handler = async () => ({ statusCode: globalThis.never ? await getSecret("X") : 204 });' };
  const empty = assetOf(newApi({ routers: routersOf(EMPTY), verify: Verify.atSynth() }));
  const asset = assetOf(newApi({ routers: routersOf(secretive), verify: Verify.atSynth() }));
  expect(sizeOf(asset, ...loadedFiles(asset)) - sizeOf(empty, ...loadedFiles(empty))).toBeLessThanOrEqual(BUDGETS.secrets);
  const direct = listFiles(asset).filter((file) => !listFiles(empty).includes(file));
  expect(direct).toEqual([expect.stringMatching(/^shared\//)]);
  expect(sizeOf(asset, ...direct)).toBeLessThanOrEqual(BUDGETS.direct);
});

test('a router that logs loads a small logger', () => {
  const logging = { 'src/routers/empty.ts': 'import { getLogger } from "cdk-lazy-api/runtime"; const logger = getLogger(); export const handler = async () => { logger.debug("x"); return { statusCode: 204 }; };' };
  const [empty, asset] = [EMPTY, logging].map((files) => assetOf(newApi({ routers: routersOf(files), verify: Verify.atSynth() })));
  expect(sizeOf(asset, ...loadedFiles(asset)) - sizeOf(empty, ...loadedFiles(empty))).toBeLessThanOrEqual(BUDGETS.logger);
});

test.each<[string, ApiEndpoint, number]>([
  ['streams', ApiEndpoint.functionUrl({ streaming: true }), BUDGETS.streaming],
  ['uses JWT authorization', ApiEndpoint.http({ authorization: ApiAuthorization.jwt({ issuer: 'https://issuer.example.com', audience: ['a'] }) }), BUDGETS.authorizer],
  ['responds to preflight requests', ApiEndpoint.http({ cors: { allowOrigins: ['https://app.example.com'] } }), BUDGETS.preflight],
  ['is a REST API', ApiEndpoint.rest({ cors: { allowOrigins: ['https://app.example.com'] } }), BUDGETS.rest],
])('an endpoint that %s adds code within its budget', (_, endpoint, budget) => {
  const mainOf = (front?: ApiEndpoint) => sizeOf(assetOf(newApi({ routers: routersOf(EMPTY), endpoint: front })), 'main.mjs');
  expect(mainOf(endpoint) - mainOf()).toBeLessThanOrEqual(budget);
});

test('the check before traffic adds code within its budget', () => {
  const mainOf = (rollout?: Rollout) => sizeOf(assetOf(newApi({ routers: routersOf(EMPTY), rollout })), 'main.mjs');
  expect(mainOf(Rollout.allAtOnce({ verify: true })) - mainOf()).toBeLessThanOrEqual(BUDGETS.preTraffic);
});
