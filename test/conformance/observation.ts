/**
 * What a case does, in the terms of the vectors, and how it differs from the declaration.
 */
import { differences } from './compare';
import { isObject, mergePatch } from './event';
import { Expectation, Json, JsonObject, Vector } from './vector';

/** The observations of one invocation. */
export interface Observation {
  /** The event as it was sent. */
  readonly event: Json;
  /** The result of the handler. Undefined for a streamed response, or if there was none. */
  readonly result?: Json;
  /** The response that the endpoint's client receives. */
  readonly answer?: Answer;
  /** The lines of the fixture routers, one object for each call. */
  readonly seen: readonly JsonObject[];
  /** The lines of the function, without `timestamp`. */
  readonly logs: readonly JsonObject[];
  readonly asked: { readonly extension: readonly JsonObject[]; readonly aws: readonly JsonObject[] };
  /** The maximum number of concurrent requests. */
  readonly atOnce: { readonly extension: number; readonly aws: number };
}

export interface Answer {
  readonly status: number;
  /** Names are in lower case. Several values are joined with a comma and a space. */
  readonly headers: { readonly [name: string]: string };
  readonly cookies: readonly string[];
  readonly bytes: Buffer;
  readonly isBase64Encoded: boolean;
  /** Whether a streamed response was interrupted. */
  readonly broken: boolean;
}

/** The members that a vector can omit. */
const ANSWER = { headers: {}, cookies: [], body: '', broken: false };

const REASONS: { readonly [status: string]: string } = {
  400: 'Bad Request', 401: 'Unauthorized', 404: 'Not Found', 405: 'Method Not Allowed', 500: 'Internal Server Error', 504: 'Gateway Timeout',
};

/** One line for each difference from the vector. */
export function problemsOf({ expect, extension, aws }: Pick<Vector, 'expect' | 'extension' | 'aws'>, seen: Observation): string[] {
  const asked = { extension: extension && 'any', aws: aws && 'any', ...expect.asked } as JsonObject;
  const [called] = seen.seen;
  return [
    ...when(expect.router, (router) => differences(router === null ? [] : [router], seen.seen.map(({ fixture }) => fixture), 'router')),
    ...when(expect.request, (request) => requestProblems(request, called?.request)),
    ...when(expect.event, (changes) => differences(mergePatch(seen.event, changes), called?.event, 'event')),
    ...when(expect.outcomes, (outcomes) => differences(outcomes, called?.outcomes, 'outcomes')),
    ...when(expect.result, (result) => differences(result, seen.result, 'result')),
    ...seen.answer ? answerProblems(expect, seen.answer) : ['answer: there is none'],
    ...differences(expectedLogs(expect, seen.logs), seen.logs, 'logs'),
    ...(['extension', 'aws'] as const).flatMap((server) => askedProblems(asked[server] ?? 0, seen.asked[server], `asked.${server}`)),
    ...when(expect.atOnce, (most) => differences({ $part: most }, seen.atOnce, 'atOnce')),
    ...(expect.hidden ?? []).filter((text) => hiding(seen).includes(text)).map((text) => `${text} is written`),
  ];
}

/** Members that a vector omits are not compared. */
function when<T>(expected: T | undefined, compare: (expected: T) => string[]): string[] {
  return expected === undefined ? [] : compare(expected);
}

/** The request can have headers that are not declared. The body is compared as bytes. */
function requestProblems({ headers, body, base64, ...rest }: JsonObject, actual: Json): string[] {
  if (!isObject(actual)) return ['request: no router has seen one'];
  return [
    ...differences({ $part: rest }, actual, 'request'),
    ...when(headers, (declared) => differences({ $part: declared }, actual.headers, 'request.headers')),
    ...when(body, (text) => differences(text, decode(actual.base64), 'request.body')),
    ...when(base64, (bytes) => differences(bytes, actual.base64, 'request.base64')),
  ];
}

function answerProblems(expect: Expectation, actual: Answer): string[] {
  if (expect.failure !== undefined) return answerProblems({ answer: failureOf(expect.failure) }, actual);
  if (expect.answer === undefined) return [];
  const { base64, isBase64Encoded, ...answer } = expect.answer;
  const { bytes, isBase64Encoded: encoded, ...rest } = actual;
  const { body, ...expected } = { ...ANSWER, ...answer } as JsonObject;
  return [
    ...differences(expected, rest, 'answer'),
    ...base64 === undefined ? differences(body, bytes.toString(), 'answer.body') : differences(base64, bytes.toString('base64'), 'answer.base64'),
    ...when(isBase64Encoded, (isEncoded) => differences(isEncoded, encoded, 'answer.isBase64Encoded')),
  ];
}

/** The runtime's own error response. */
function failureOf(failure: string): JsonObject {
  const [status, code] = failure.split(' ');
  const body = { $json: { message: REASONS[status], code, requestId: 'REQUEST_ID' } };
  return { status: Number(status), headers: { 'content-type': 'application/json' }, body, isBase64Encoded: false };
}

/** A failure has its own line. */
function expectedLogs({ logs, failure }: Expectation, actual: readonly JsonObject[]): Json {
  if (Array.isArray(logs)) return logs.map((line, index) => withSame(line as JsonObject, actual[index]));
  if (logs !== undefined || failure === undefined) return logs ?? [];
  const [status, code] = failure.split(' ');
  return [{ $part: { level: Number(status) < 500 ? 'WARN' : 'ERROR', code, requestId: 'REQUEST_ID' } }];
}

/** `{ "$sameAs": "totalMs" }` is the line's `totalMs`, and `{ "$sumOf": ["initMs", "routerLoadMs"] }` is the sum of these members. */
function withSame(expected: JsonObject, actual: JsonObject | undefined): JsonObject {
  const same = (value: Json) => {
    if (!isObject(value)) return value;
    if (typeof value.$sameAs === 'string') return actual?.[value.$sameAs];
    return Array.isArray(value.$sumOf) ? aboutSum(value.$sumOf.map((name) => Number(actual?.[String(name)]))) : value;
  };
  return Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, same(value)]));
}

/** The tolerance is 0.02, because each number is rounded to hundredths. */
function aboutSum(numbers: readonly number[]): JsonObject {
  const sum = numbers.reduce((total, number) => total + number, 0);
  return { $between: [sum - 0.02, sum + 0.02] };
}

function askedProblems(expected: Json, actual: readonly JsonObject[], at: string): string[] {
  if (expected === 'any') return [];
  return typeof expected === 'number' ? differences(expected, actual.length, `${at}: requests`) : differences(expected, actual, at);
}

/** All output except the values that fixtures received on purpose. */
function hiding({ logs, seen, answer }: Observation): string {
  const failures = seen.flatMap(({ outcomes }) => ((outcomes ?? []) as readonly JsonObject[]).filter((outcome) => !('value' in outcome)));
  return JSON.stringify([logs, failures]) + (answer?.bytes.toString() ?? '');
}

function decode(base64: Json): string | undefined {
  return base64 === undefined ? undefined : Buffer.from(String(base64), 'base64').toString();
}
