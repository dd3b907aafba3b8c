/** The result that Lambda receives, in either payload format. */
export interface Result {
  statusCode: number;
  headers?: Record<string, string | number | boolean>;
  multiValueHeaders?: Record<string, Array<string | number | boolean>>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
  /** Replaces the body if the response is streamed. */
  content?: Content;
}

/** The part of a byte stream that is needed to send it. */
export interface Content {
  cancel(): Promise<void>;
  getReader(): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>;
}

export function jsonResult(statusCode: number, body: string): Result {
  return { statusCode, headers: { 'content-type': 'application/json' }, body, isBase64Encoded: false };
}
