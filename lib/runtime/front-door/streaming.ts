/**
 * Answers that leave while they are written, for front doors that stream. The generated entry imports it where there is one.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
import { Result } from '../answers';
import { CodedError } from '../coded-error';
import type { Delivery } from '../delivery';
import { ApiEvent } from '../events';
import { LambdaContext, ResponseStream } from '../routers';

/** What Lambda's runtime offers as a global. */
interface AwsLambda {
  readonly HttpResponseStream: { from(stream: ResponseStream, head: object): ResponseStream };
  streamifyResponse(handler: StreamingHandler): StreamingHandler;
}

export type StreamingHandler = (event: ApiEvent, stream: ResponseStream, context: LambdaContext) => Promise<void>;

/** Serves one event, and delivers the answer. */
export type Serve = (event: ApiEvent, context: LambdaContext, delivery: Delivery) => Promise<unknown>;

export type Streaming = typeof streaming;

const { awslambda } = globalThis as unknown as { awslambda?: AwsLambda };

export function streaming(serve: Serve): StreamingHandler {
  const handler: StreamingHandler = async (event, stream, context) => { await serve(event, context, new StreamDelivery(stream)); };
  return awslambda ? awslambda.streamifyResponse(handler) : handler;
}

/** How Lambda's runtime keeps the head of an answer until its first write. */
interface Prelude {
  _onBeforeFirstWrite?(write: (chunk: unknown) => void): void;
}

class StreamDelivery implements Delivery {
  /** Whether the caller has a part of an answer. */
  private begun = false;
  /** Whether what the router still writes is for nobody. */
  private over = false;
  private reader?: ReadableStreamDefaultReader<Uint8Array>;
  private readonly done: Promise<void>;
  private readonly write: ResponseStream['write'];
  private readonly end: ResponseStream['end'];

  constructor(readonly stream: ResponseStream) {
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
      stream.once('close', () => reject(new Error('the connection was closed')));
    });
    this.done.catch(() => {});
  }

  /** A streaming handler hands its head to Lambda's runtime, which tells it; it is 200 unless the handler says otherwise. */
  status(): number {
    const written: unknown[] = [];
    (this.stream as Prelude)._onBeforeFirstWrite?.((chunk) => written.push(chunk));
    try {
      return Number((JSON.parse(String(written[0])) as Partial<Result>).statusCode) || 200;
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
    // Lambda's runtime client then tells the front door that the answer is not complete.
    throw new CodedError(code, 'the answer broke off');
  }

  private async send({ body, isBase64Encoded, content, ...head }: Result): Promise<void> {
    this.begun = true;
    awslambda!.HttpResponseStream.from(this.stream, head);
    // The head leaves with the first write.
    this.write('');
    if (body) this.write(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
    if (content) await this.pump(this.reader = content.getReader());
    if (content && this.over) return;
    this.end();
    await this.done;
  }

  private async pump(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    for (let chunk = await reader.read(); !chunk.done && !this.over; chunk = await reader.read()) {
      if (!this.write(chunk.value)) await Promise.race([this.done, new Promise((resolve) => this.stream.once('drain', resolve))]);
    }
  }
}
