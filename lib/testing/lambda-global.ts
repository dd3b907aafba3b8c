import { PassThrough } from 'node:stream';
import type { ResponseStream } from '../runtime/router-types';

/** How Lambda's runtime marks streaming handlers. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response';

type WriteHead = (write: (chunk: string | Uint8Array) => void) => void;

/** The stream that Lambda's runtime passes to a handler. It accepts everything that is written, so that a test need not read it. */
export class TestResponseStream extends PassThrough implements ResponseStream {
  public contentType = 'application/octet-stream';
  /** Fulfilled with the first write. */
  public readonly begun: Promise<void>;
  /** The name that Lambda's runtime uses, and the library's runtime reads. */
  public _onBeforeFirstWrite?: WriteHead;
  private begin!: () => void;
  private isEmpty = true;

  constructor() {
    super({ highWaterMark: Number.MAX_SAFE_INTEGER });
    // At the timeout, the library ends a process whose reader has stopped. Here, that is the process of the test.
    Object.defineProperty(this, 'writableLength', { value: 0 });
    this.begun = new Promise((resolve) => { this.begin = resolve; });
    // The reader also gets the error.
    this.on('error', () => {});
  }

  public setContentType(type: string): void {
    this.contentType = type;
  }

  public override write(chunk: unknown, ...rest: never[]): boolean {
    if (this.isEmpty) {
      this.isEmpty = false;
      this._onBeforeFirstWrite?.((head) => super.write(head));
      this.begin();
    }
    return super.write(chunk, ...rest);
  }
}

/**
 * What Lambda's runtime offers as the global `awslambda`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
const awslambda = {
  streamifyResponse: <Handler extends object>(handler: Handler): Handler => Object.assign(handler, { [STREAMING]: 'response' }),
  HttpResponseStream: {
    from(stream: TestResponseStream, head: object): TestResponseStream {
      stream.setContentType(WITH_PRELUDE);
      stream._onBeforeFirstWrite = (write) => {
        write(JSON.stringify(head));
        write(Buffer.alloc(8));
      };
      return stream;
    },
  },
};

let users = 0;

/** Provides the global as long as a test API is open. Returns a function that removes it. */
export function offerLambdaGlobal(): () => void {
  users++;
  Object.assign(globalThis, { awslambda });
  return () => {
    users--;
    if (users === 0) delete (globalThis as { awslambda?: unknown }).awslambda;
  };
}
