/**
 * Invokes test APIs of the fixture routers in a separate process. Reads the applications and their events from stdin,
 * and writes the results to stdout.
 */
import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createTestApi, lambdaContext } from '../../lib/testing/index.js';
import * as fixtures from '../conformance/javascript/fixtures.mjs';

const applications = JSON.parse(readFileSync(0, 'utf8'));
const write = process.stdout.write.bind(process.stdout);
let lines = [];
process.stdout.write = (text) => Boolean(lines.push(...String(text).trim().split('\n')));

const results = [];
for (const { routers, endpoint, events } of applications) {
  const create = () => createTestApi({ endpoint, routers: Object.fromEntries(Object.entries(routers).map(([prefix, router]) => [prefix, {
    load: () => ({ default: fixtures[router.fixture ?? router](prefix) }),
    stripPrefix: router.stripPrefix,
  }])) });
  let api = create();
  for (const { event, remainingMs, fresh } of events) {
    if (fresh) {
      await api.close();
      api = create();
    }
    lines = [];
    const result = await api.invoke(event, lambdaContext({ awsRequestId: 'REQUEST_ID', remainingMs }));
    await nextTurn();
    results.push({ result, lines });
  }
  await api.close();
}
write(JSON.stringify(results));
