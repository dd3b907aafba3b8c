/**
 * What goes back to Lambda, in either payload format.
 */
export interface Result {
  statusCode: number;
  headers?: Record<string, string | number | boolean>;
  multiValueHeaders?: Record<string, Array<string | number | boolean>>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
  /** Instead of a body, where the answer is streamed. */
  content?: Content;
}

/** As much of a stream of bytes as is needed to send it. */
export interface Content {
  cancel(): Promise<void>;
  getReader(): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>;
}

export function jsonResult(statusCode: number, body: string): Result {
  return { statusCode, headers: { 'content-type': 'application/json' }, body, isBase64Encoded: false };
}
