/**
 * The parts of a result in either payload format.
 */
import { Result } from '../answers/result';
import { decodeUtf8, isTextType } from '../answers/text-body';
import { ApiEvent, isHttpApiEvent } from '../events';

/** The part of `Headers` that a map by lowercase names also has. */
export interface HeaderMap extends Pick<Headers, 'has' | 'getSetCookie'> {
  get(name: string): string | null | undefined;
  forEach(use: (value: string, name: string) => void): void;
}

export function headersOf(headers: HeaderMap, event: ApiEvent): Pick<Result, 'headers' | 'multiValueHeaders' | 'cookies'> {
  const single: Record<string, string> = {};
  headers.forEach((value, name) => { single[name] = value; });
  const cookies = headers.getSetCookie();
  delete single['set-cookie'];
  if (isHttpApiEvent(event)) return { headers: single, ...cookies.length && { cookies } };
  const multi = Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]]));
  return { multiValueHeaders: cookies.length ? { ...multi, 'set-cookie': cookies } : multi };
}

export function encodeBody(bytes: Buffer, headers: HeaderMap): Pick<Result, 'body' | 'isBase64Encoded'> {
  const isText = !headers.has('content-encoding') && isTextType(headers.get('content-type') ?? '');
  const text = bytes.length === 0 || isText ? decodeUtf8(bytes) : undefined;
  return text === undefined ? { body: bytes.toString('base64'), isBase64Encoded: true } : { body: text, isBase64Encoded: false };
}
