/**
 * Answers that leave while they are written, for front doors that stream. The generated entry imports it where there is one.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
import { Content, Result } from '../answers/result';
import type { CodedError } from '../failures/coded-error';
import type { Delivery } from '../answers/responder';
import { ApiEvent } from '../events';
import { LambdaContext, ResponseStream } from '../router-types';

/** What Lambda's runtime offers as a global. */
interface AwsLambda {
  readonly HttpResponseStream: { from(stream: ResponseStream, head: object): ResponseStream };
  streamifyResponse(handler: StreamingHandler): StreamingHandler;
}

export type StreamingHandler = (event: ApiEvent, stream: ResponseStream, context: LambdaContext) => Promise<unknown>;

/** Serves one event, and delivers the answer. */
export type Serve = (event: ApiEvent, context: LambdaContext, delivery: Delivery) => Promise<unknown>;

export type Streaming = typeof streaming;

const { awslambda } = globalThis as unknown as { awslambda?: AwsLambda };

export function streaming(serve: Serve): StreamingHandler {
  const handler: StreamingHandler = (event, stream, context) => serve(event, context, new StreamDelivery(stream));
  return awslambda ? awslambda.streamifyResponse(handler) : handler;
}

/** What else the stream of Lambda's runtime has. */
interface ClientStream extends ResponseStream {
  /** Bytes that wait to be sent. */
  readonly writableLength?: number;
  /** Keeps the head of an answer until its first write. */
  _onBeforeFirstWrite?(write: (chunk: string) => void): void;
}

/** How long the head waits for the first chunk, in milliseconds: a stream that fails so early can still be answered, and one that is silent opens. */
const HEAD_DELAY = 50;

class StreamDelivery implements Delivery {
  /** Whether the caller has a part of an answer. */
  private begun = false;
  /** Whether what the router still writes is for nobody. */
  private over = false;
  private reader?: ReturnType<Content['getReader']>;
  private readonly done: Promise<void>;
  private readonly write: ResponseStream['write'];
  private readonly end: ResponseStream['end'];

  constructor(readonly stream: ClientStream) {
    const { write, end } = stream;
    this.write = write.bind(stream);
    this.end = end.bind(stream);
    // A streaming handler writes by itself: this is how it is known to have begun, and kept from writing behind another answer.
    stream.write = (...written) => this.over || (this.begun = true, this.write(...written));
    stream.end = (...written) => {
      if (!this.over) this.begun = true, this.end(...written);
      return stream;
    };
    this.done = new Promise((resolve, reject) => {
      stream.once('finish', resolve);
      stream.once('error', reject);
      stream.once('close', () => reject(new Error('the connection closed')));
    });
    this.done.catch(() => {});
  }

  /** A streaming handler hands its head to Lambda's runtime, which tells it; it is 200 unless the handler says otherwise. */
  status(): number {
    let head!: string;
    this.stream._onBeforeFirstWrite?.((chunk) => { head ??= chunk; });
    try {
      return Number((JSON.parse(head) as Partial<Result>).statusCode) || 200;
    } catch {
      return 200;
    }
  }

  async deliver(result: Result | undefined): Promise<void> {
    if (this.over) result?.content?.cancel().catch(() => {});
    else await (result ? this.send(result) : this.done);
  }

  async fail(answer: Result, { code }: CodedError): Promise<void> {
    this.over = true;
    this.reader?.cancel().catch(() => {});
    if (!this.begun) return this.send(answer);
    // Whoever reads has stopped, and every later answer would wait for the same connection: the environment ends when this one is logged.
    if (code === 'TIMEOUT' && this.stream.writableLength) setImmediate(process.kill, process.pid, 'SIGKILL');
    // Lambda's runtime client then tells the front door that the answer is not complete.
    throw Object.assign(new Error('the answer broke off'), { code });
  }

  private async send({ body, isBase64Encoded, content, ...head }: Result): Promise<void> {
    const reader = this.reader = content?.getReader();
    const first = reader?.read();
    if (first) {
      await Promise.race([first, new Promise((resolve) => setTimeout(resolve, HEAD_DELAY))]);
      if (this.over) return;
    }
    this.begun = true;
    awslambda!.HttpResponseStream.from(this.stream, head);
    // The head leaves with the first write.
    this.write('');
    if (body) this.write(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
    for (let chunk = await first; chunk && !chunk.done && !this.over; chunk = await reader!.read()) {
      if (!this.write(chunk.value)) await Promise.race([this.done, new Promise((resolve) => this.stream.once('drain', resolve))]);
    }
    if (reader && this.over) return;
    this.end();
    await this.done;
  }
}
