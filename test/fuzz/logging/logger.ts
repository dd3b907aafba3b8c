/**
 * Lines that router code writes with `getLogger`.
 */
import fc from 'fast-check';
import { isMetrics, isPlatform, Line, parseLines } from './lines';
import type * as Logs from './subject';
import { property } from '../run/concern';
import { captureOutput } from '../run/output';

export type Subject = typeof Logs;

const OWN = ['timestamp', 'level', 'message', 'requestId', 'router'];

/** The names that have a meaning for CloudWatch, Lambda, or the library. */
const METRICS = ['ColdStartDuration', 'InitAndLoadDuration', 'RouterLoadDuration', 'RequestDuration', 'Requests', 'ServerErrors', 'RouterLoadFailures'];
const RESERVED = ['_aws', 'type', 'time', 'record', 'code', 'totalMs', 'routerLoadMs', 'FunctionName', 'ExecutedVersion', 'Router', ...METRICS];
const MEANINGFUL = [...RESERVED, 'status', 'coldStart', 'fieldsNotShown'];

const level = fc.constantFrom('debug' as const, 'info' as const, 'warn' as const, 'error' as const);
const message = fc.oneof({ weight: 5, arbitrary: fc.string({ unit: 'binary' }) }, { weight: 1, arbitrary: fc.constantFrom<unknown>('a\nb', '\u2028', '\ud800', 'x'.repeat(300_000), undefined, null, 7, {}, Symbol('x'), 1n) });

/** Fields as `JSON.parse` returns them, with members of any name. */
const parsed = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toJSON', 'then', ...OWN)), fc.jsonValue(), { maxKeys: 6 })
  .map((fields): unknown => JSON.parse(JSON.stringify(fields)));

const error = fc.record({ text: fc.string(), cause: fc.anything() }).map(({ text, cause }) => new Error(text, { cause }));
const HOSTILE: ReadonlyArray<() => unknown> = [
  () => { const cyclic: { self?: unknown } = {}; cyclic.self = cyclic; return cyclic; }, () => ({ toJSON() { throw new Error('no'); } }), () => ({ get x() { throw new Error('no'); } }),
  () => ({ x: 'x'.repeat(300_000) }), () => ({ big: 1n, when: new Date(NaN), map: new Map(), fn() {} }), () => new Proxy({}, { ownKeys() { throw new Error('no'); } }),
  () => 'text', () => [1, 2], () => null, () => ({ error: Object.assign(new Error('x'), { message: Symbol('x') }) }),
];
const hostile = fc.constantFrom(...HOSTILE).map((make) => make());

const fields = fc.oneof({ weight: 3, arbitrary: parsed }, { weight: 2, arbitrary: fc.anything() }, { weight: 1, arbitrary: error.map((one) => ({ error: one })) }, { weight: 1, arbitrary: hostile });

export const ONE_DOCUMENT = 'whatever router code logs is one JSON document per line, with the logger\'s own members';

export const oneDocument = property(ONE_DOCUMENT, 2500, fc.record({ level, message, common: fields, fields }), async ({ level: at, message: text, common, fields: given }, subject: Subject) => {
  const { writes } = await captureOutput(() => subject.getLogger(common as never)[at](text as string, given as never));
  const lines = parseLines(writes);
  expect(lines).toHaveLength(at === 'debug' ? 0 : 1);
  for (const line of lines) {
    expect(line.level).toBe(at.toUpperCase());
    expect(Math.abs(Date.parse(String(line.timestamp)) - Date.now())).toBeLessThan(60_000);
    if (typeof text === 'string' && text.length < 10_000) expect(line.message).toBe(text);
    expect(line).not.toHaveProperty('requestId');
    expect(line).not.toHaveProperty('router');
  }
});

const DIRECTIVE = { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'LazyApi', Dimensions: [['FunctionName']], Metrics: [{ Name: 'ServerErrors' }] }] };

/** Values that would be a metric, a directive, or a Lambda report. */
const forged = fc.oneof(
  fc.record({ _aws: fc.constant(DIRECTIVE), ServerErrors: fc.integer(), FunctionName: fc.string() }),
  fc.record({ type: fc.constantFrom('platform.report', 'platform.start', 'x'), record: fc.constant({ metrics: { durationMs: 1e9, initDurationMs: 1e9, maxMemoryUsedMB: 1 } }) }),
  fc.dictionary(fc.constantFrom(...MEANINGFUL), fc.jsonValue(), { minKeys: 1, maxKeys: 4 }),
);

export const NO_FORGERY = 'no field turns a line of router code into a metric or a Lambda report';

export const noForgery = property(NO_FORGERY, 1500, fc.record({
  level, common: fc.oneof(forged, parsed), fields: forged, toJson: fc.boolean(), text: fc.boolean(),
}), async ({ level: at, common, fields: given, toJson, text }, subject: Subject) => {
  const { writes } = await captureOutput(() => subject.getLogger(common as never)[at]('text', (toJson ? { toJSON: () => (text ? 'text' : given) } : given) as never));
  for (const line of parseLines(writes)) {
    expect(line).toMatchObject({ level: at.toUpperCase(), message: 'text' });
    expect({ metrics: isMetrics(line), platform: isPlatform(line) }).toEqual({ metrics: false, platform: false });
    expect(Object.keys(line).filter((name) => RESERVED.includes(name))).toEqual([]);
    if (!toJson) for (const [name, value] of Object.entries(given)) expect([line[name], (line.fields as Line | undefined)?.[name]]).toContainEqual(JSON.parse(JSON.stringify(value)));
  }
});

export const SHOWN = 'a line contains its fields';

const plainName = fc.string({ unit: fc.constantFrom(...'abcxyz_A1-'), minLength: 1, maxLength: 8 }).filter((text) => ![...OWN, ...MEANINGFUL, 'fields'].includes(text));
const plain = fc.dictionary(fc.oneof({ weight: 9, arbitrary: plainName }, { weight: 1, arbitrary: fc.constant('__proto__') }), fc.jsonValue(), { maxKeys: 3 });

export const shown = property(SHOWN, 1000, fc.record({ common: plain, fields: plain, own: fc.dictionary(fc.constantFrom(...OWN), fc.jsonValue()) }),
  async ({ common, fields: given, own }, subject: Subject) => {
    const { writes } = await captureOutput(() => subject.getLogger(common).info('text', { ...own, ...given }));
    const [line] = parseLines(writes);
    expect(line.message).toBe('text');
    for (const [name, value] of Object.entries({ ...common, ...given })) expect([name, line[name]]).toEqual([name, JSON.parse(JSON.stringify(value))]);
  });
