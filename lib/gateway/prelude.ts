import { PassThrough, Readable } from 'node:stream';

/** The type of a stream that starts with a prelude: the head of the response as JSON, and eight zeros. */
const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response';

const SEPARATOR = Buffer.alloc(8);

/** The parts of a streamed response. */
export interface StreamedParts {
  readonly head: object;
  readonly body: Readable;
}

/**
 * Reads the head of a streamed response. Without a prelude, the head has only the content type.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
export async function splitPrelude({ contentType, payload }: { readonly contentType: string; readonly payload: Readable }): Promise<StreamedParts> {
  if (contentType !== WITH_PRELUDE) return { head: { headers: { 'content-type': contentType } }, body: payload };
  let start = Buffer.alloc(0);
  for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
    start = Buffer.concat([start, chunk as Buffer]);
    const end = start.indexOf(SEPARATOR);
    if (end < 0) continue;
    const head = JSON.parse(start.subarray(0, end).toString()) as object;
    return { head, body: rest(start.subarray(end + SEPARATOR.length), payload) };
  }
  throw new Error('the stream ended before the head of the response');
}

function rest(first: Buffer, payload: Readable): Readable {
  const body = new PassThrough();
  if (first.length > 0) body.write(first);
  payload.on('error', (error) => body.destroy(error));
  body.on('close', () => payload.destroy());
  payload.pipe(body);
  return body;
}
