/**
 * Every front door as its client sees it: what API Gateway and Lambda make of a request on the way in, and of an answer on the way out.
 */
import { PassThrough } from 'node:stream';
import { formats, Sent } from './events';
import { contextOf } from './support';
import { Result } from '../../lib/runtime/answers/result';
import { ApiEvent } from '../../lib/runtime/events';
import { decodeTextBody } from '../../lib/runtime/endpoint/rest';
import type { streaming as Streaming } from '../../lib/runtime/endpoint/streaming';
import { Extras, LazyApi } from '../../lib/runtime/lazy-api';
import { ResponseStream } from '../../lib/runtime/router-types';

/** What arrives at the client. */
export interface Received {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly cookies: readonly string[];
  readonly bytes: Buffer;
}

export interface EndpointTraits {
  readonly name: string;
  readonly payload: '1.0' | '2.0';
  /** What the generated entry gives the runtime for it. */
  readonly extras: Extras;
  ask(api: LazyApi, sent: Sent): Promise<Received>;
}

/** A response stream as the runtime client makes it: the head goes out before the first write. */
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

/** Lambda's global. Set before the streaming module is loaded, which takes it then. */
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
const { streaming } = require('../../lib/runtime/endpoint/streaming') as { streaming: typeof Streaming };

/** REST APIs of ours take all bodies for binary, so text arrives in base64 too. */
const binaryBody = (sent: Sent): Sent => (sent.body === undefined || sent.isBase64Encoded ? sent : { ...sent, body: Buffer.from(sent.body).toString('base64'), isBase64Encoded: true });

export const frontDoors: EndpointTraits[] = formats.flatMap(({ name, payload, event }): EndpointTraits[] => {
  const isRest = name === 'REST API';
  const build = (sent: Sent): ApiEvent => event(isRest ? binaryBody(sent) : sent);
  const extras: Extras = isRest ? { prepare: decodeTextBody } : {};
  const buffered: EndpointTraits = { name, payload, extras, ask: async (api, sent) => received(await api.handler(build(sent), contextOf())) };
  const streams = isRest || name === 'function URL';
  return streams ? [buffered, { name: `${name}, streamed`, payload, extras: { ...extras, streaming }, ask: (api, sent) => askStreamed(api, build(sent)) }] : [buffered];
});

async function askStreamed(api: LazyApi, event: ApiEvent): Promise<Received> {
  const stream = new FakeStream();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await (api.handler as unknown as (event: ApiEvent, stream: ResponseStream, context: object) => Promise<void>)(event, stream as unknown as ResponseStream, contextOf());
  const bytes = Buffer.concat(chunks);
  const end = bytes.indexOf(Buffer.alloc(8));
  return { ...received(JSON.parse(bytes.subarray(0, end).toString()) as Result), bytes: bytes.subarray(end + 8) };
}

function received({ statusCode, headers, multiValueHeaders, cookies, body = '', isBase64Encoded }: Result): Received {
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
