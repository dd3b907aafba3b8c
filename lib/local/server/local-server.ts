import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { AnswerOptions, answerRequest, Progress } from './answer-request';
import { BuildQueue } from './build-queue';
import type { BuildStatus } from './build-state';
import { isInvokeApi, tooLargeToInvoke } from './invoke-api';
import { isNavigation, overlay } from './overlay';
import { isTooLarge, readRequest, targetOf } from './read-request';
import { hasLoadedRouter, prefixOf, readFunctionLine, RequestLine } from './request-line';
import { writeRefusal, writeResponse } from './write-response';
import type { ApiManifest } from '../../contract/manifest';
import type { HttpRequest, HttpResponse } from '../../gateway/http-message';
import { CAVEATS } from '../endpoint/caveats';
import { bodyLimit } from '../endpoint/limits';
import { ownAnswer } from '../endpoint/own-answer';
import { LocalError } from '../local-error';
import { LocalPage } from '../page/local-page';
import { isPagePath } from '../page/page-path';
import type { PageApi } from '../page/page-state';

/** What the page shows in addition to the requests. A new build or a new synthesis may change it. */
export interface ServedPage extends Pick<PageApi, 'construct' | 'notes'> {
  readonly manifest: ApiManifest;
}

/** A new synthesis may change these members, so they are read for each request. */
export interface LocalServerOptions extends AnswerOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** What the page at `/_lazy` is about. Without it, there is no page. */
  readonly page?: ServedPage;
  /** The build of the sources: requests wait for it, and browsers see why it has failed. Undefined if nothing builds them. */
  readonly build?: BuildStatus;
  /** Called once for each request, after its response. Requests to the page do not count. */
  log(line: RequestLine): void;
}

export interface LocalServer {
  readonly port: number;
  readonly url: string;
  /** Closes all connections, and ends the function's processes. */
  close(): Promise<void>;
}

/** Only this machine can reach the server. */
const HOST = '127.0.0.1';

/**
 * Starts the HTTP server that replaces the endpoint of a function. It also implements the Invoke API of Lambda.
 *
 * @throws a `LocalError` if the port is in use
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const server = createServer({ requestTimeout: 0 });
  const front = new Front(options);
  server.on('request', (message, response) => void front.serve(message, response));
  server.on('checkContinue', (message: IncomingMessage, response: ServerResponse) => void front.serve(message, response));
  server.on('clientError', (_, socket) => refuse(socket));
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://localhost:${port}`, close: () => close(server, options) };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portProblem(port, error) ?? error));
    server.listen(port, HOST, resolve);
  });
}

function portProblem(port: number, { code }: NodeJS.ErrnoException): LocalError | undefined {
  if (code === 'EADDRINUSE') return new LocalError(`port ${port} is in use; stop the program that listens there, or choose another port with --port`);
  if (code === 'EACCES') return new LocalError(`port ${port} needs permission of the system; choose a port from 1024 on with --port`);
  return undefined;
}

async function close(server: Server, { lambda }: LocalServerOptions): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await Promise.all([closed, lambda.close()]);
}

/** Handles bytes that are not HTTP. */
function refuse(socket: Duplex): void {
  if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy());
  else socket.destroy();
}

class Front {
  /** Notes that apply to every request are written once. */
  private readonly noted = new Set<string>();
  private readonly page?: LocalPage;

  private readonly queue?: BuildQueue;

  constructor(private readonly options: LocalServerOptions) {
    const { page, build } = options;
    this.queue = build && new BuildQueue(build);
    this.page = page && new LocalPage({ manifest: () => page.manifest, api: () => this.describe(page) }, build);
  }

  public async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = targetOf(message.url!);
    if (this.page && isPagePath(target)) this.page.answer(target, message, response);
    else await this.serveRequest(message, response);
  }

  private async serveRequest(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const time = new Date();
    const started = performance.now();
    const progress: Progress = { notes: [] };
    const status = await this.answer(message, response, progress);
    const totalMs = performance.now() - started;
    const { notes, route, invoked } = progress;
    const own = invoked && readFunctionLine(await invoked.environment.linesOf(invoked.requestId));
    const line: RequestLine = {
      time,
      method: message.method!,
      path: message.url!,
      router: own?.router ?? prefixOf(route),
      status,
      ...invoked && { cold: invoked.initMs !== undefined, initMs: invoked.initMs },
      loadMs: own?.routerLoadMs,
      totalMs,
      notes: notes.filter((note) => this.isNew(note)),
    };
    this.options.log(line);
    this.page?.record(line, { environment: invoked?.environment, hasLoaded: hasLoadedRouter(line, own) }, message);
  }

  /** Returns the status. Undefined if the client disconnected before the response. */
  private async answer(message: IncomingMessage, response: ServerResponse, progress: Progress): Promise<number | undefined> {
    const { endpoint } = this.options;
    const limit = bodyLimit(endpoint);
    if (message.headers.expect !== undefined && !isTooLarge(message, limit)) response.writeContinue();
    const request = await readRequest(message, limit);
    if (request === 'gone') {
      progress.notes.push('the client disconnected');
      return undefined;
    }
    if (request === 'too large') {
      const refusal = isInvokeApi(message.url!) ? tooLargeToInvoke() : ownAnswer(endpoint, 'tooLarge');
      progress.notes.push('the body of the request is too large');
      await writeRefusal(message, response, refusal);
      return refusal.status;
    }
    await this.queue?.settled();
    const answer = await answerRequest(this.options, request, progress).catch((error: Error) => this.failure(error, progress));
    return this.write(response, await this.withBuildError(request, answer), progress);
  }

  private async withBuildError(request: HttpRequest, answer: HttpResponse): Promise<HttpResponse> {
    const state = this.options.build?.state;
    return state?.kind === 'failed' && isNavigation(request) ? overlay(state.error, answer) : answer;
  }

  private async write(response: ServerResponse, answer: HttpResponse, progress: Progress): Promise<number> {
    try {
      if (!await writeResponse(response, answer)) progress.notes.push('the response is incomplete');
      return answer.status;
    } catch (error) {
      const failure = this.failure(error as Error, progress);
      await writeResponse(response, failure);
      return failure.status;
    }
  }

  private failure(error: Error, { notes }: Progress): HttpResponse {
    notes.push(error.message);
    return ownAnswer(this.options.endpoint, 'failure');
  }

  private describe({ construct, notes }: ServedPage): PageApi {
    const { endpoint, functionName } = this.options;
    return { construct, notes, endpoint, functionName };
  }

  private isNew(note: string): boolean {
    if (!CAVEATS.includes(note)) return true;
    const isNew = !this.noted.has(note);
    this.noted.add(note);
    return isNew;
  }
}
