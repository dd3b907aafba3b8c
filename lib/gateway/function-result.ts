import type { Readable } from 'node:stream';

/** The result of an invocation, as an endpoint sees it. */
export type FunctionResult =
  /** The handler returned this JSON. */
  | { readonly kind: 'returned'; readonly payload: Uint8Array }
  /** The handler streams its response. */
  | { readonly kind: 'streamed'; readonly contentType: string; readonly payload: Readable }
  /** The function failed or took too long. */
  | { readonly kind: 'failed' };
