/** Replaces the socket of a request. It parses the HTTP/1.1 message that a `ServerResponse` writes. No port is opened. */
import { Duplex, Readable } from 'node:stream';
import { AnswerHead, parseHead } from './answer-head';
import { CodedError } from '../failures/coded-error';

/** A response whose head is written. Its body may follow. */
export interface Answer extends AnswerHead {
  readonly body: Readable;
}

const END_OF_HEAD = '\r\n\r\n';

export class Connection extends Duplex {
  /** Rejects if the connection closes before the head is written. */
  public readonly answer: Promise<Answer>;
  private settle!: { resolve(answer: Answer): void; reject(cause: Error): void };
  /** The part of the head that is written so far. Undefined once the head is complete. */
  private head?: Buffer = Buffer.alloc(0);
  private writeOn?: () => void;
  private finished = false;
  private readonly body = new Readable({ read: () => this.resumeWriting() });

  /** Frameworks recognize HTTPS by `encrypted`. */
  constructor(public readonly remoteAddress: string | undefined, public readonly encrypted: boolean) {
    super();
    this.answer = new Promise((resolve, reject) => { this.settle = { resolve, reject }; });
    this.answer.catch(() => {});
    this.body.on('error', () => {});
  }

  /** The complete response is written. */
  public finish(): void {
    this.finished = true;
    this.body.push(null);
    // Not before the last write has finished, because Node.js would report an error.
    process.nextTick(() => this.destroy());
  }

  public override _read(): void {}

  public override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    const content = this.head ? this.cutHead(Buffer.concat([this.head, chunk])) : chunk;
    if (!content.length || this.body.push(content)) done();
    else this.writeOn = done;
  }

  /** The code that waits for the response, or reads it, gets the error. */
  public override _destroy(error: Error | null, done: () => void): void {
    if (!this.finished) {
      const cause = error ?? new CodedError('RESULT_MALFORMED', 'the router closed the connection before its response was complete');
      this.settle.reject(cause);
      this.body.destroy(cause);
    }
    done();
  }

  // Libraries call these on sockets. They do nothing here.
  public address(): object { return {}; }
  public setTimeout(): this { return this; }
  public setNoDelay(): this { return this; }
  public setKeepAlive(): this { return this; }

  private resumeWriting(): void {
    const { writeOn } = this;
    this.writeOn = undefined;
    writeOn?.();
  }

  /** Returns what follows the head. Lambda cannot send informational responses. */
  private cutHead(written: Buffer): Buffer {
    this.head = written;
    for (let end; (end = this.head.indexOf(END_OF_HEAD)) >= 0;) {
      const head = parseHead(this.head.toString('latin1', 0, end));
      const rest = this.head.subarray(end + END_OF_HEAD.length);
      this.head = rest;
      if (head.statusCode < 200) continue;
      this.head = undefined;
      this.settle.resolve({ ...head, body: this.body });
      return rest;
    }
    return Buffer.alloc(0);
  }
}
