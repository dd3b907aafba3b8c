import type { ServerResponse } from 'node:http';

/** A burst of changes causes one event. In milliseconds. */
const PAUSE_MS = 100;

/** How often the streams check for unreported changes, such as an environment that has ended. In milliseconds. */
const LOOK_MS = 5000;

/**
 * Sends a text as a server-sent event to all clients whenever it has changed. A slow client may miss intermediate texts, but never the latest one.
 * Without clients, it does nothing.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventStreams {
  /** The clients, each with the last text that it received. */
  private readonly sent = new Map<ServerResponse, string>();
  private pause?: NodeJS.Timeout;
  private look?: NodeJS.Timeout;

  /** @param text without line breaks */
  constructor(private readonly text: () => string) {}

  /** The head of the response must be set. */
  public add(response: ServerResponse): void {
    this.sent.set(response, '');
    this.look ??= setInterval(() => this.sendAll(), LOOK_MS).unref();
    response.on('close', () => this.remove(response)).on('drain', () => this.send(response, this.text()));
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.send(response, this.text());
  }

  /** Reports that the text may have changed. */
  public change(): void {
    if (this.sent.size > 0) this.pause ??= setTimeout(() => this.sendAll(), PAUSE_MS).unref();
  }

  private sendAll(): void {
    this.pause = undefined;
    const text = this.text();
    for (const response of this.sent.keys()) this.send(response, text);
  }

  private send(response: ServerResponse, text: string): void {
    if (this.sent.get(response) === text || response.writableNeedDrain) return;
    this.sent.set(response, text);
    response.write(`data: ${text}\n\n`);
  }

  private remove(response: ServerResponse): void {
    this.sent.delete(response);
    if (this.sent.size > 0) return;
    clearInterval(this.look);
    clearTimeout(this.pause);
    this.look = this.pause = undefined;
  }
}
