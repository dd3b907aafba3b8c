/**
 * Sends responses while they are written. The generated entry imports it for endpoints that stream.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
import type { Responder } from '../answers/responder';
import { Content, Result } from '../answers/result';
import { ApiEvent } from '../events';
import { LambdaContext, ResponseStream } from '../router-types';
import type { Serve } from '../serve';

/** What Lambda's runtime offers as a global. */
interface AwsLambda {
  readonly HttpResponseStream: { from(stream: ResponseStream, head: object): ResponseStream };
  streamifyResponse(handler: StreamingHandler): StreamingHandler;
}

/** Rejects only to abort a response. */
export type StreamingHandler = (event: ApiEvent, stream: ResponseStream, context: LambdaContext) => Promise<void>;

export type Streaming = typeof streaming;

const { awslambda } = globalThis as unknown as { awslambda?: AwsLambda };

export function streaming(serve: Serve): StreamingHandler {
  const handler: StreamingHandler = (event, stream, context) => serve(event, context, createStreamResponder(stream));
  return awslambda ? awslambda.streamifyResponse(handler) : handler;
}

/** Further members of the stream in Lambda's runtime. */
interface ClientStream extends ResponseStream {
  /** The number of bytes that wait to be sent. */
  readonly writableLength?: number;
  /** Delays the head of a response until the first write. */
  _onBeforeFirstWrite?(write: (chunk: string) => void): void;
}

/**
 * How long the head waits for the first chunk, in milliseconds. A stream that fails earlier can still get an error response. A silent stream opens
 * after this time.
 */
const HEAD_DELAY = 50;

function createStreamResponder(stream: ClientStream): Responder<void> {
  const outlet = openOutlet(stream);
  return {
    stream,
    status: () => statusOf(stream),

    async send(result) {
      if (outlet.over) result?.content?.cancel().catch(() => {});
      else await (result ? sendResult(outlet, result) : outlet.finished);
    },

    async fail(answer, { code }) {
      outlet.over = true;
      outlet.reader?.cancel().catch(() => {});
      if (!outlet.begun) return sendResult(outlet, answer);
      // The caller has stopped reading, and every later response would wait for the same connection. The environment ends after this request is
      // logged.
      if (code === 'TIMEOUT' && stream.writableLength) setImmediate(process.kill, process.pid, 'SIGKILL');
      // Lambda's runtime client then tells the endpoint that the response is incomplete.
      throw Object.assign(new Error('the response ended early'), { code });
    },
  };
}

/** Where the runtime writes. A router writes to the stream itself, as long as the response is its own. */
interface Outlet {
  readonly stream: ClientStream;
  readonly write: ResponseStream['write'];
  readonly end: ResponseStream['end'];
  /** Settles with the stream. */
  readonly finished: Promise<void>;
  /** Whether the caller has received a part of a response. */
  begun: boolean;
  /** Whether the router's response has ended. Later writes are dropped. */
  over: boolean;
  /** Reads the router's response, if it is a `Response`. */
  reader?: ReturnType<Content['getReader']>;
}

function openOutlet(stream: ClientStream): Outlet {
  const finished = settled(stream);
  const outlet: Outlet = { stream, write: stream.write.bind(stream), end: stream.end.bind(stream), finished, begun: false, over: false };
  stream.write = (...written) => {
    if (outlet.over) return true;
    outlet.begun = true;
    return outlet.write(...written);
  };
  stream.end = (...written) => {
    if (outlet.over) return stream;
    outlet.begun = true;
    outlet.end(...written);
    return stream;
  };
  return outlet;
}

function settled(stream: ClientStream): Promise<void> {
  const finished = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('the connection closed')));
  });
  finished.catch(() => {});
  return finished;
}

async function sendResult(outlet: Outlet, { body, isBase64Encoded, content, ...head }: Result): Promise<void> {
  const { stream, write, end, finished } = outlet;
  const reader = content?.getReader();
  outlet.reader = reader;
  const first = reader?.read();
  if (first) {
    await Promise.race([first, new Promise((resolve) => setTimeout(resolve, HEAD_DELAY))]);
    if (outlet.over) return;
  }
  outlet.begun = true;
  awslambda!.HttpResponseStream.from(stream, head);
  // The head is sent with the first write.
  write('');
  if (body) write(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
  for (let chunk = await first; chunk && !chunk.done && !outlet.over; chunk = await reader!.read()) {
    if (!write(chunk.value)) await Promise.race([finished, new Promise((resolve) => stream.once('drain', resolve))]);
  }
  if (reader && outlet.over) return;
  end();
  await finished;
}

/** A streaming handler passes its head to Lambda's runtime, which exposes it. The status is 200 unless the handler sets another one. */
function statusOf(stream: ClientStream): number {
  let head: string | undefined;
  stream._onBeforeFirstWrite?.((chunk) => { head ??= chunk; });
  try {
    return Number((JSON.parse(head ?? '{}') as Partial<Result>).statusCode) || 200;
  } catch {
    return 200;
  }
}
