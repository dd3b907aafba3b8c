/**
 * Converts what the runtime client delivered to what the endpoint's client receives.
 */
import { Answer } from './observation';
import { Delivered } from '../lambda-node/environment';

/** A result in either payload format. */
interface Result {
  readonly statusCode: number;
  readonly headers?: { readonly [name: string]: unknown };
  readonly multiValueHeaders?: { readonly [name: string]: readonly unknown[] };
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** The result, or undefined for a streamed response. */
export function resultOf(delivered: Delivered): Result | undefined {
  return delivered.kind === 'streamed' ? undefined : JSON.parse(delivered.bytes.toString()) as Result;
}

export function answerOf(delivered: Delivered): Answer {
  const result = resultOf(delivered);
  if (result) return { ...headOf(result), ...bodyOf(result), broken: false };
  const { bytes, broken } = delivered;
  // The head ends with eight zeros. Without a head, the status is 200.
  const end = bytes.indexOf(Buffer.alloc(8));
  const head = end < 0 ? { statusCode: 200 } : JSON.parse(bytes.subarray(0, end).toString()) as Result;
  const body = end < 0 ? bytes : bytes.subarray(end + 8);
  return { ...headOf(head), bytes: body, isBase64Encoded: false, broken: broken !== undefined };
}

function headOf({ statusCode, headers, multiValueHeaders, cookies = [] }: Result): Pick<Answer, 'status' | 'headers' | 'cookies'> {
  const many = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) => values.map((value) => [name, value] as const));
  const pairs = [...Object.entries(headers ?? {}), ...many].map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const isCookie = ([name]: readonly [string, string]) => name === 'set-cookie';
  const set = pairs.filter(isCookie).map(([, value]) => value);
  return { status: statusCode, headers: joinValues(pairs.filter((pair) => !isCookie(pair))), cookies: [...cookies, ...set] };
}

function joinValues(pairs: ReadonlyArray<readonly [string, string]>): { readonly [name: string]: string } {
  const joined = new Map<string, string>();
  for (const [name, value] of pairs) joined.set(name, joined.has(name) ? `${joined.get(name)}, ${value}` : value);
  return Object.fromEntries(joined);
}

function bodyOf({ body = '', isBase64Encoded = false }: Result): Pick<Answer, 'bytes' | 'isBase64Encoded'> {
  return { bytes: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}
