import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Invocation } from './invocation';

/** The messages of one runtime to its Runtime API. */
export interface RuntimeEvents {
  /** It requests the next invocation, after INIT or after the previous invocation. */
  waits(): void;
  /** It responds to the invocation: `response` or `error`. The body may still be on its way. */
  answers(kind: 'response' | 'error', message: IncomingMessage): void;
  /** INIT has failed. */
  initFails(message: IncomingMessage): void;
}

const PATH = /^\/2018-06-01\/runtime\/(?:(init)\/error|invocation\/(?:(next)|([^/]+)\/(response|error)))$/;

const ACCEPTED = '{"status":"OK"}';
const ACCEPTED_HEADERS = { 'content-type': 'application/json', 'content-length': ACCEPTED.length };

/**
 * The Runtime API of one execution environment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  public static async listen(events: RuntimeEvents): Promise<RuntimeApi> {
    const api = new RuntimeApi(events);
    await new Promise<void>((resolve, reject) => api.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return api;
  }

  private readonly server: Server;
  /** The request for the next invocation. */
  private next?: ServerResponse;
  private requestId?: string;

  private constructor(private readonly events: RuntimeEvents) {
    this.server = createServer((request, response) => this.serve(request, response));
    // A runtime keeps its connection open during invocations of any length.
    this.server.keepAliveTimeout = 0;
    this.server.requestTimeout = 0;
  }

  /** The value of `AWS_LAMBDA_RUNTIME_API`. */
  public get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Passes an invocation to the runtime, which must be waiting for one. */
  public send({ requestId, event, clientContext }: Invocation, deadline: number, functionArn: string): void {
    const response = this.next!;
    this.next = undefined;
    this.requestId = requestId;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(event),
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(deadline),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
      ...clientContext !== undefined && { 'lambda-runtime-client-context': clientContext },
    }).end(event);
  }

  public close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const [, init, next, requestId, kind] = PATH.exec(request.url!) ?? [];
    request.on('error', () => {});
    if (next) {
      this.next = response;
      return this.events.waits();
    }
    if (!init && requestId !== this.requestId) return void response.writeHead(400).end('{"errorType":"InvalidRequestID"}');
    if (init) this.events.initFails(request);
    else this.events.answers(kind as 'response' | 'error', request);
    // The response is complete before the runtime continues.
    request.on('end', () => response.writeHead(202, ACCEPTED_HEADERS).end(ACCEPTED));
  }
}
