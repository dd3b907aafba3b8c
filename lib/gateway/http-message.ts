import type { Readable } from 'node:stream';

export type HttpHeaders = ReadonlyArray<readonly [name: string, value: string]>;

/** A request, as a client sends it. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query string. */
  readonly target: string;
  /** In order, with the names as sent. */
  readonly headers: HttpHeaders;
  readonly body?: Uint8Array;
  readonly sourceIp: string;
}

/** A response, as a client receives it. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array | Readable;
}

export function headerOf(headers: HttpHeaders, name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1];
}
