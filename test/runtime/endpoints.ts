/**
 * Every endpoint as its client sees it: how API Gateway and Lambda convert a request on its way to the function, and the response on its way back.
 */
import { PassThrough } from 'node:stream';
import { formats, Sent } from './events';
import { apiOf, contextOf, parts, RoutersByPrefix, tableOf } from './support';
import { Result } from '../../lib/runtime/answers/result';
import { decodeTextBody } from '../../lib/runtime/endpoint/rest';
import type { Streaming, StreamingHandler } from '../../lib/runtime/endpoint/streaming';
import { ApiEvent } from '../../lib/runtime/events';
import { Extras } from '../../lib/runtime/extras';
import { createLazyApi } from '../../lib/runtime/lazy-api';
import { ResponseStream } from '../../lib/runtime/router-types';

/** What the client receives. */
export interface Received {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly cookies: readonly string[];
  readonly bytes: Buffer;
}

export interface Endpoint {
  readonly name: string;
  readonly payload: '1.0' | '2.0';
  /** Sends one request to an API with these routers. `extras` are added to those that the endpoint needs. */
  ask(routers: RoutersByPrefix, sent: Sent, extras?: Extras): Promise<Received>;
}

/** A response stream as the runtime client creates it: the head is sent before the first write. */
class FakeStream extends PassThrough {
  public contentType?: string;
  public _onBeforeFirstWrite?: (write: (chunk: Uint8Array | string) => void) => void;
  private begun = false;

  constructor() {
    super();
    const original = this.write.bind(this) as (chunk: unknown) => boolean;
    this.write = ((chunk: unknown) => {
      if (!this.begun) this._onBeforeFirstWrite?.((head) => original(head));
      this.begun = true;
      return original(chunk);
    }) as PassThrough['write'];
  }

  public setContentType(type: string): void {
    this.contentType = type;
  }
}

/** Lambda's global. It must exist before the streaming module is loaded, which reads it at that time. */
const awslambda = {
  streamifyResponse: <T>(handler: T): T => handler,
  HttpResponseStream: {
    from(stream: FakeStream, head: object): FakeStream {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      stream._onBeforeFirstWrite = (write) => {
        write(JSON.stringify(head));
        write(Buffer.alloc(8));
      };
      return stream;
    },
  },
};
Object.assign(globalThis, { awslambda });
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { streaming } = require('../../lib/runtime/endpoint/streaming') as { streaming: Streaming };

/** The construct's REST APIs treat all bodies as binary, so text arrives in base64, too. */
const binaryBody = (sent: Sent): Sent => (sent.body === undefined || sent.isBase64Encoded ? sent : { ...sent, body: Buffer.from(sent.body).toString('base64'), isBase64Encoded: true });

export const endpoints: Endpoint[] = formats.flatMap(({ name, payload, event }): Endpoint[] => {
  const isRest = name === 'REST API';
  const build = (sent: Sent): ApiEvent => event(isRest ? binaryBody(sent) : sent);
  const own: Extras = isRest ? { prepare: decodeTextBody } : {};
  const buffered: Endpoint = {
    name, payload,
    ask: async (routers, sent, extras) => received(await apiOf(routers, { extras: { ...own, ...extras } }).handler(build(sent), contextOf())),
  };
  const streamed: Endpoint = {
    name: `${name}, streamed`, payload,
    ask: (routers, sent, extras) => askStreamed(createLazyApi(tableOf(routers), { ...own, ...extras, streaming }, parts).handler, build(sent)),
  };
  return isRest || name === 'function URL' ? [buffered, streamed] : [buffered];
});

async function askStreamed(handler: StreamingHandler, event: ApiEvent): Promise<Received> {
  const stream = new FakeStream();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await handler(event, stream as unknown as ResponseStream, contextOf());
  const bytes = Buffer.concat(chunks);
  const end = bytes.indexOf(Buffer.alloc(8));
  return { ...received(JSON.parse(bytes.subarray(0, end).toString()) as Result), bytes: bytes.subarray(end + 8) };
}

export function received({ statusCode, headers, multiValueHeaders, cookies, body = '', isBase64Encoded }: Result): Received {
  const pairs = [...Object.entries(headers ?? {}), ...Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) => values.map((value) => [name, value] as const))]
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const single: Record<string, string> = {};
  for (const [name, value] of pairs.filter(([header]) => header !== 'set-cookie')) single[name] = single[name] === undefined ? value : `${single[name]}, ${value}`;
  return {
    status: statusCode,
    headers: single,
    cookies: [...cookies ?? [], ...pairs.filter(([header]) => header === 'set-cookie').map(([, value]) => value)],
    bytes: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
