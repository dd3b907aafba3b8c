/**
 * These tests use real builds. Smoke requests show which dynamic imports a request needs, and the preload plan uses this.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { LazyApiFunction, LazyApiFunctionProps, PreloadPolicy, Routers, Verify } from '../../../../lib';
import { RouterCode } from '../../../../lib/routers/router-code';
import { lambdaNodes } from '../../../lambda-node';
import { assetOf, newApi, newStack } from '../../../support/app';
import { buildOf, javaScript } from '../../../support/code';
import { project } from '../../../support/project';

const handler = (body: string, imports = '') => `${imports} export const handler = async () => { ${body} };`;
const asking = (name: string) => handler(`return { statusCode: 200, body: "${name} " + await query() };`, 'import { query } from "../db";');

/** A client that imports its engine at the first query, as Prisma does, and a router that does not use the client. */
const FILES = {
  'src/db.ts': 'export const query = async () => (await import("./engine")).answer(); export const migrate = () => import("./migrations");',
  'src/engine.ts': `(globalThis as any).engines = ((globalThis as any).engines ?? 0) + 1; export const text = "${'e'.repeat(50_000)}"; export const answer = () => text.slice(-3);`,
  'src/migrations.ts': `export const text = "${'m'.repeat(20_000)}";`,
  'src/routers/users.ts': asking('users'),
  'src/routers/orders.ts': asking('orders'),
  'src/routers/health.ts': handler('return { statusCode: 200 };'),
};
const ALL = ['users', 'orders', 'health'];

interface Synthesized {
  readonly api: LazyApiFunction;
  readonly index: string;
  readonly warnings: readonly string[];
}

/** Synthesizes an app with one smoke request for each of these routers. Without any, there are no smoke requests. */
function synthesize(asked: readonly string[], props: Partial<LazyApiFunctionProps> = {}, files: Record<string, string> = FILES): Synthesized {
  const root = project({ ...files, 'smoke.json': JSON.stringify(asked.map((name) => ({ request: `GET /api/${name}` }))) });
  const stack = newStack();
  const api = newApi({
    routers: Routers.fromDirectory(path.join(root, 'src/routers'), { basePath: '/api' }),
    verify: Verify.atSynth(asked.length === 0 ? {} : { requests: path.join(root, 'smoke.json') }),
    memorySize: 128,
    ...props,
  }, stack);
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
  return { api, index: fs.readFileSync(path.join(assetOf(api), 'index.mjs'), 'utf8'), warnings };
}

function decisionOf({ api }: Synthesized, name: string) {
  return api.manifest!.preload.decisions.find(({ file }) => file.startsWith(`shared/${name}-`));
}

test('a chunk that first requests import dynamically is part of the plan, and the manifest states the reason', () => {
  const synthesized = synthesize(ALL);
  expect(decisionOf(synthesized, 'engine')).toMatchObject({
    preload: true,
    reason: expect.stringMatching(/^2 of 3 routers \(66\.7 % of cold starts\) need it; smoke requests show that first requests import it; preloading pays off at 6 % or more$/),
  });
  expect(decisionOf(synthesized, 'migrations')).toBeUndefined();
  expect(synthesized.warnings).toEqual([]);
});

test('INIT imports the chunk after the code that imports it', () => {
  expect(synthesize(ALL).index).toMatch(/\(\)=>import\("\.\/shared\/chunk-\w+\.mjs"\)\.then\(\(\)=>import\("\.\/shared\/engine-\w+\.mjs"\)\)/);
});

test('an import that one router shows counts for all routers with the importing code', () => {
  expect(synthesize(['users']).index).toBe(synthesize(ALL).index);
  expect(synthesize(['health']).index).not.toContain('engine');
});

test('the manifest counts the chunk for the routers that need it', () => {
  const { routers, sharedChunks } = synthesize(ALL).api.manifest!;
  expect(routers.map(({ name, totalBytes, dynamicChunks }) => [name, totalBytes > 50_000, dynamicChunks])).toEqual([
    ['health', false, undefined],
    ['orders', true, [expect.stringMatching(/^shared\/engine-/)]],
    ['users', true, [expect.stringMatching(/^shared\/engine-/)]],
  ]);
  expect(sharedChunks.find(({ contents }) => contents.includes('src/engine.ts'))!.routers).toEqual(['/api/orders', '/api/users']);
});

test('budgets count the chunk', () => {
  const budgets = { routerBytes: 40_000 };
  expect(() => synthesize(ALL, { budgets })).toThrow(/router \/api\/users loads 49\.\d KB, budgets\.routerBytes is 39\.1 KB\n {5}4\d\.\d KB {2}src\/engine\.ts, by src\/routers\/users\.ts > src\/db\.ts > src\/engine\.ts/);
  expect(() => synthesize([], { budgets })).not.toThrow();
});

test('without smoke requests, even everything() does not preload dynamic imports', () => {
  expect(synthesize([], { preloadPolicy: PreloadPolicy.everything() }).index).not.toContain('engine');
});

test('everything() preloads what first requests import dynamically, and nothing() does not', () => {
  expect(synthesize(ALL, { memorySize: 1769, preloadPolicy: PreloadPolicy.everything() }).index).toContain('engine');
  expect(synthesize(ALL, { memorySize: 1769, preloadPolicy: PreloadPolicy.nothing() }).index).not.toContain('engine');
});

test('requests to a router that this machine cannot load are not sent, and a warning names the consequences', () => {
  const { warnings, index } = synthesize(ALL, { bundling: { externalModules: ['only-in-lambda'] } }, {
    ...FILES, 'src/routers/health.ts': handler('return { statusCode: 200, body: layer };', 'import layer from "only-in-lambda";'),
  });
  expect(warnings).toContainEqual(expect.stringMatching(/^smoke requests to \/api\/health were not sent, because this machine cannot load the code\. .*the hash of the asset can differ.*\[ack: cdk-lazy-api:smokeRequestsNotSent\]$/));
  expect(index).toContain('engine');
});

test('a request that fails without the network shows the imports before the failure', () => {
  const synthesized = synthesize(['users'], {}, {
    ...FILES,
    'src/client.ts': 'export const connect = () => fetch("https://db.example.com");',
    'src/routers/users.ts': handler('const { connect } = await import("../client"); await connect(); return { statusCode: 200 };'),
  });
  expect(synthesized.index).toContain('client');
  expect(synthesized.warnings).toEqual([]);
});

test('an observed import does not depend on the plan: INIT can already have imported the chunk', () => {
  const early = { ...FILES, 'src/db.ts': `${FILES['src/db.ts']} await import("./engine");` };
  for (const memorySize of [128, 1769]) expect(decisionOf(synthesize(ALL, { memorySize }, early), 'engine')).toBeDefined();
});

test('dynamic imports that lead to further dynamic imports are preloaded one after the other', () => {
  const { index } = synthesize(ALL, {}, {
    ...FILES,
    'src/engine.ts': 'import { base } from "./base"; export const answer = async () => base + (await import("./parser")).text;',
    'src/parser.ts': 'import { base } from "./base"; export const text = base + "parser";',
    'src/base.ts': `export const base = "${'b'.repeat(100)}";`,
  });
  expect(index).toMatch(/\(\)=>import\("\.\/shared\/chunk-\w+\.mjs"\)\.then\(\(\)=>import\("\.\/shared\/engine-\w+\.mjs"\)\)\.then\(\(\)=>import\("\.\/shared\/parser-\w+\.mjs"\)\)/);
});

describe.each([{ runtime: `Node.js ${process.version}`, path: process.execPath }, ...lambdaNodes])('on $runtime', ({ path: node }) => {
  test('imports between files of the asset are reported, and imports of external packages', () => {
    const root = project({
      ...FILES,
      'node_modules/native/package.json': '{ "main": "index.js" }',
      'node_modules/native/index.js': 'require("node:fs");',
      'src/routers/users.ts': handler('await import("native"); return { statusCode: 200, body: await query() };', 'import { query } from "../db";'),
      'smoke.json': '[{ "request": "GET /users" }]',
    });
    const code = javaScript(Routers.fromDirectory(path.join(root, 'src/routers')), { externalModules: ['native'] });
    const loader = Object.assign(Object.create(code.loader) as RouterCode['loader'], { smokeCommand: [node, code.loader.smokeCommand[1]] });
    const build = buildOf(Object.assign(Object.create(code) as RouterCode, { loader }));
    const { imports } = Verify.atSynth({ requests: path.join(root, 'smoke.json') })._verify(build, { environment: {}, standIns: [], eventSource: 'HTTP API' });
    expect(imports.map(({ from, file }) => [from, file].map((name) => name.replace(/-\w+\.mjs$/, '')).join(' > '))).toEqual([
      'index.mjs > main.mjs', 'main.mjs > routers/users.mjs', 'routers/users.mjs > shared/chunk', 'routers/users.mjs > node_modules/native', 'shared/chunk > shared/engine',
    ]);
  });
});

/** Imports the function of an asset, and then runs a script that uses the function. */
function runAsset(node: string, asset: string, then: string): string {
  const script = `const { handler } = await import(${JSON.stringify(path.join(asset, 'index.mjs'))}); ${then}`;
  return execFileSync(node, ['--input-type=module', '-e', script], { encoding: 'utf8', env: {} });
}

const ASK = `const event = { version: '2.0', routeKey: 'ANY /api/users', rawPath: '/api/users', headers: {}, requestContext: { http: { method: 'GET' } } };
const context = { awsRequestId: 'x', getRemainingTimeInMillis: () => 1000 };
const { statusCode, body } = await handler(event, context);`;

describe.each(lambdaNodes)('in INIT, on $runtime,', ({ path: node }) => {
  test('the chunk is evaluated once', () => {
    const asset = assetOf(synthesize(ALL).api);
    expect(runAsset(node, asset, `const inInit = globalThis.engines; ${ASK} console.log(inInit, globalThis.engines, statusCode);`)).toContain('1 1 200\n');
  });

  test('the chunk can fail, and a later request that imports it still succeeds', () => {
    const failing = { ...FILES, 'src/engine.ts': `if (!process.env.READY) throw new Error("not ready"); ${FILES['src/engine.ts']}` };
    const asset = assetOf(synthesize(ALL, { environment: { READY: '1' } }, failing).api);
    const said = runAsset(node, asset, `process.env.READY = '1'; ${ASK} console.log(statusCode, body);`);
    expect(said).toContain('200 users eee\n');
    expect(said).toMatch(/chunk shared\/engine-\w+\.mjs failed in INIT/);
  });
});
