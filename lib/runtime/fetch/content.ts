/**
 * The body of a `Response`, as it is streamed: chunks of bytes, none of them empty. Node.js checks chunks only if it reads the body itself.
 *
 * @see https://fetch.spec.whatwg.org/#incrementally-read-a-body
 */
import { Content } from '../answers/result';
import { CodedError } from '../failures/coded-error';

/** Skips empty chunks: as long as nothing is sent, a failure can still get an error response. */
export function toContent(body: ReadableStream<Uint8Array>): Content {
  return {
    cancel: () => body.cancel(),
    getReader() {
      const reader = body.getReader();
      const read = reader.read.bind(reader);
      reader.read = async () => {
        let chunk;
        do chunk = await read(); while (!chunk.done && isEmpty(chunk.value));
        return chunk;
      };
      return reader;
    },
  };
}

function isEmpty(chunk: unknown): boolean {
  if (chunk instanceof Uint8Array) return !chunk.length;
  throw new CodedError('RESULT_MALFORMED', `a body must be of Uint8Arrays, got ${{}.toString.call(chunk)}`);
}
