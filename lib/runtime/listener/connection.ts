/**
 * What stands for the socket of a request. It takes the HTTP/1.1 message apart that a `ServerResponse` writes. No port is opened.
 */
import { Duplex, Readable } from 'node:stream';
import { AnswerHead, parseHead } from './answer-head';
import { CodedError } from '../failures/coded-error';

/** An answer whose head is written. Its body may follow. */
export interface Answer extends AnswerHead {
  readonly body: Readable;
}

const END_OF_HEAD = '\r\n\r\n';

export class Connection extends Duplex {
  /** Rejects if the connection closes before there is a head. */
  public readonly answer: Promise<Answer>;
  private settle!: { resolve(answer: Answer): void; reject(cause: Error): void };
  /** What is written of the head. Undefined once the head is complete. */
  private head?: Buffer = Buffer.alloc(0);
  private writeOn?: () => void;
  private finished = false;
  private readonly body = new Readable({ read: () => this.resumeWriting() });

  /** By `encrypted`, frameworks know HTTPS. */
  constructor(public readonly remoteAddress: string | undefined, public readonly encrypted: boolean) {
    super();
    this.answer = new Promise((resolve, reject) => { this.settle = { resolve, reject }; });
    this.answer.catch(() => {});
    this.body.on('error', () => {});
  }

  /** The response is written as a whole. */
  public finish(): void {
    this.finished = true;
    this.body.push(null);
    // Not before the last write is over: Node.js would make an error of it.
    process.nextTick(() => this.destroy());
  }

  public override _read(): void {}

  public override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    const content = this.head ? this.cutHead(Buffer.concat([this.head, chunk])) : chunk;
    if (!content.length || this.body.push(content)) done();
    else this.writeOn = done;
  }

  /** Whoever waits for the answer, or reads it, gets the error. */
  public override _destroy(error: Error | null, done: () => void): void {
    if (!this.finished) {
      const cause = error ?? new CodedError('RESULT_MALFORMED', 'the router closed the connection before its answer was complete');
      this.settle.reject(cause);
      this.body.destroy(cause);
    }
    done();
  }

  // Libraries call these on sockets. There is nothing to do.
  public address(): object { return {}; }
  public setTimeout(): this { return this; }
  public setNoDelay(): this { return this; }
  public setKeepAlive(): this { return this; }

  private resumeWriting(): void {
    const { writeOn } = this;
    this.writeOn = undefined;
    writeOn?.();
  }

  /** Returns what comes behind the head. Lambda cannot send informational answers. */
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
