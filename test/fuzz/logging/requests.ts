/**
 * The request line, and the metrics that CloudWatch extracts from it.
 */
import fc from 'fast-check';
import { isMetrics, isPlatform, metricsOf, parseLines } from './lines';
import { Subject } from './logger';
import { Api, DoorKind } from '../dispatch/api';
import { eventOf } from '../dispatch/gateway';
import { CONTEXT } from '../dispatch/serve';
import { property } from '../run/concern';
import { captureOutput } from '../run/output';

const prefix = fc.constantFrom<string>('/users', '/api/{id}', '/', '/__proto__', '/constructor');

const request = fc.record({
  to: fc.oneof({ weight: 5, arbitrary: prefix }, { weight: 1, arbitrary: fc.constantFrom('/nobody', '', '__proto__') }),
  does: fc.constantFrom('answers 200', 'answers 404', 'answers 503', 'throws', 'logs'),
  path: fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `/${text}`),
  method: fc.oneof(fc.constantFrom('GET', 'POST'), fc.string({ maxLength: 40 })),
  thrown: fc.anything(),
});

const scenario = fc.record({
  kind: fc.constantFrom<DoorKind>('HTTP API, payload 2.0', 'REST API'),
  prefixes: fc.uniqueArray(prefix, { minLength: 1, maxLength: 4 }),
  requests: fc.array(request, { minLength: 1, maxLength: 8 }),
  everyRequest: fc.boolean(), path: fc.boolean(), perRouterMetrics: fc.boolean(), perVersionMetrics: fc.boolean(),
});

export const COUNTED = 'each request has one line, and the metrics of all lines match a count of the responses';

export const counted = property(COUNTED, 300, scenario, async ({ kind, prefixes, requests, ...options }, subject: Subject) => {
  Object.assign(process.env, { AWS_LAMBDA_FUNCTION_NAME: 'api', AWS_LAMBDA_FUNCTION_VERSION: '7', AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' });
  let doing = requests[0];
  const logger = subject.getLogger();
  const handler = async () => {
    if (doing.does === 'throws') throw doing.thrown;
    if (doing.does === 'logs') logger.info('text', { n: 1 });
    return { statusCode: Number(/\d+/.exec(doing.does)?.[0] ?? 200) };
  };
  const api = subject.createLazyApi({ routes: prefixes.map((one) => ({ prefix: one, load: async () => ({ default: handler }) })) }, { report: subject.report(options) });
  const statuses: number[] = [];
  const { writes } = await captureOutput(async () => {
    for (doing of requests) {
      const event = eventOf({ door: { kind, stage: '$default', mapping: '' } } as Api, doing.to, { method: doing.method, path: doing.path, query: '', headers: [], cookies: [] });
      statuses.push(((await api.handler(event, CONTEXT)) as { statusCode: number }).statusCode);
    }
  });
  const lines = parseLines(writes);
  expect(statuses).toEqual(requests.map((one) => statusOf(one, prefixes)));
  const asked = requests.filter(({ to }) => prefixes.includes(to));
  const loads = new Set(asked.map(({ to }) => to)).size;
  const errors = statuses.filter((status) => status >= 500).length;
  const firsts = requests.filter(({ to }, i) => prefixes.includes(to) && requests.findIndex((one) => one.to === to) === i);
  const reported = options.everyRequest ? requests.length : requests.filter((one, i) => firsts.includes(one) || statuses[i] >= 500).length;
  const own = lines.filter(isMetrics);
  expect(own).toHaveLength(reported);
  for (const line of lines.filter((one) => !isMetrics(one))) expect(isPlatform(line)).toBe(false);

  const metrics = metricsOf(options.perVersionMetrics ? own.map(withoutVersions) : own);
  const whole = (name: string) => metrics.get(name) ?? { count: 0, sum: 0 };
  expect(whole('Requests')).toEqual(options.everyRequest ? { count: requests.length, sum: requests.length } : { count: 0, sum: 0 });
  expect(whole('ServerErrors')).toEqual({ count: reported, sum: errors });
  expect(whole('RouterLoadDuration').count).toBe(loads);
  expect(whole('RequestDuration').count).toBe(options.everyRequest ? requests.length : 0);
  expect(whole('RouterLoadFailures').count).toBe(0);
  expect(lines.filter(({ message }) => message === 'text')).toEqual(asked.filter(({ does }) => does === 'logs').map(({ to }) => expect.objectContaining({ router: to, requestId: 'request-1', n: 1 })));
  if (options.everyRequest) expect(own.map(({ router, status }) => [router, status])).toEqual(requests.map(({ to }, i) => [prefixes.includes(to) ? to : undefined, statuses[i]]));
});

function statusOf({ to, does }: { readonly to: string; readonly does: string }, prefixes: readonly string[]): number {
  if (!prefixes.includes(to)) return 404;
  return does === 'throws' ? 500 : Number(/\d+/.exec(does)?.[0] ?? 200);
}

/** The second directive repeats the same metrics by version. */
function withoutVersions(line: { readonly [member: string]: unknown }) {
  const { CloudWatchMetrics: [first, second] } = line._aws as { readonly CloudWatchMetrics: object[] };
  expect(second).toMatchObject({ Dimensions: [['FunctionName', 'ExecutedVersion']] });
  return { ...line, _aws: { CloudWatchMetrics: [first] } };
}
