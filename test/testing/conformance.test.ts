/**
 * Runs the conformance vectors for what routers see and what clients receive in a test API, which dispatches like the function in Lambda.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { answerOf } from '../conformance/answer';
import { eventOf } from '../conformance/event';
import { problemsOf } from '../conformance/observation';
import { JsonObject, readVectors, RouterFixture, Vector, VectorApp } from '../conformance/vector';

/** What a test API supports. The test runner reports background failures, so they are not in the list. */
const CAPABILITIES = ['web', 'handlers', 'fetch'];

/** The endpoint of the test API for an application. Undefined for settings that a test API does not have. */
function endpointOf({ routers, endpoint = {}, ...others }: VectorApp): 'http' | 'rest' | undefined {
  const fixtures = Object.values(routers).map((router: string | RouterFixture) => (typeof router === 'string' ? router : router.fixture));
  if (Object.keys(others).length > 0 || !fixtures.every((fixture) => ['web', 'handler'].includes(fixture))) return undefined;
  const traits = JSON.stringify(endpoint);
  return traits === '{}' ? 'http' : traits === '{"binaryBodies":true}' ? 'rest' : undefined;
}

const files = readVectors().flatMap(({ file, vectors: { app, cases, requires = [], environment } }) => {
  const endpoint = environment ? undefined : endpointOf(app);
  const able = cases.filter((vector) => [...requires, ...vector.requires ?? []].every((one) => CAPABILITIES.includes(one)) && !vector.environment);
  return endpoint && able.length > 0 ? [{ file, endpoint, routers: app.routers, cases: able.map((vector) => ({ vector, event: eventOf(vector) })) }] : [];
});

interface Output {
  readonly result: object;
  readonly lines: readonly string[];
}

function invokeAll(): Output[] {
  const input = files.map(({ cases, ...app }) => ({ ...app, events: cases.map(({ vector: { remainingMs = 30_000, fresh }, event }) => ({ event, remainingMs, fresh })) }));
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'conformance.mjs')], { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: 1e9 });
  if (stderr) throw new Error(stderr);
  return JSON.parse(stdout) as Output[];
}

function observe(event: unknown, { result, lines }: Output) {
  const written = lines.map((line) => JSON.parse(line) as JsonObject);
  const logs = written.filter((line) => !('fixture' in line)).map(({ timestamp, ...line }) => line);
  const answer = answerOf({ kind: 'returned', bytes: Buffer.from(JSON.stringify(result)) });
  const none = { extension: [], aws: [] };
  return { event, result, answer, seen: written.filter((line) => 'fixture' in line), logs, asked: none, atOnce: { extension: 0, aws: 0 } };
}

const outputs = invokeAll();

test('there are vectors for every kind of behavior', () => {
  expect(new Set(files.map(({ file }) => file.split(/[\\/]/)[0]))).toEqual(new Set(['answers', 'dispatch', 'log', 'pre-traffic', 'requests']));
  expect(outputs.length).toBeGreaterThan(500);
});

describe.each(files)('$file', ({ cases }) => {
  test.each(cases)('$vector.name', ({ vector, event }: { vector: Vector; event: unknown }) => {
    const at = files.flatMap((file) => file.cases).findIndex((one) => one.vector === vector);
    expect(problemsOf(vector, observe(event, outputs[at]))).toEqual([]);
  });
});
