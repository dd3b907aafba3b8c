import { randomUUID } from 'node:crypto';
import { answerInvoke, InvokeFunction, isInvokeApi } from './invoke-api';
import { headerOf, HttpRequest, HttpResponse } from '../../gateway/http-message';
import type { AuthorizeOptions } from '../endpoint/authorize';
import { Invoke, respond, routeRequest } from '../endpoint/gateway';
import type { LocalEndpoint, LocalRoute } from '../endpoint/local-endpoint';
import { ownAnswer } from '../endpoint/own-answer';
import { requestIdHeaders } from '../endpoint/request-id-headers';
import type { Invoked, LocalLambda } from '../lambda/local-lambda';

export interface AnswerOptions extends AuthorizeOptions {
  readonly endpoint: LocalEndpoint;
  readonly lambda: LocalLambda;
  /** The function's name in the Invoke API. */
  readonly functionName: string;
}

/** What is known about a request so far. */
export interface Progress {
  readonly notes: string[];
  route?: LocalRoute;
  invoked?: Invoked;
}

/** Responds to a request as the endpoint or the Invoke API would. */
export async function answerRequest(options: AnswerOptions, request: HttpRequest, progress: Progress): Promise<HttpResponse> {
  const { endpoint, lambda, functionName, trustTokens, runAuthorizer } = options;
  if (isInvokeApi(request.target)) {
    const run: InvokeFunction = async (event, clientContext) => progress.invoked = await lambda.invoke(event, clientContext);
    return answerInvoke(run, functionName, request);
  }
  const requestId = randomUUID();
  const context = {
    requestId, time: new Date(), domainName: headerOf(request.headers, 'host') ?? 'localhost', trustTokens, runAuthorizer,
  };
  const routed = await routeRequest(endpoint, request, context);
  progress.route = routed.route;
  progress.notes.push(...routed.notes);
  const response = routed.kind === 'answer' ? routed.response : await invoke(options, routed, { request, progress });
  return { ...response, headers: [...response.headers, ...requestIdHeaders(endpoint, requestId)] };
}

interface Asked {
  readonly request: HttpRequest;
  readonly progress: Progress;
}

/** The function continues when the API stops waiting. */
async function invoke({ endpoint, lambda }: AnswerOptions, { event }: Invoke, { request, progress }: Asked): Promise<HttpResponse> {
  const invoked = await within(endpoint.timeoutMs, lambda.invoke(event));
  if (!invoked) {
    progress.notes.push(`the function took longer than the ${endpoint.timeoutMs! / 1000} seconds that the API waits`);
    return ownAnswer(endpoint, 'timeout');
  }
  progress.invoked = invoked;
  const { result } = invoked;
  if (result.kind === 'failed') progress.notes.push(`${result.errorType}: ${result.errorMessage}`);
  return respond(endpoint, result, request);
}

/** Undefined if it takes longer. */
async function within<T>(limitMs: number | undefined, promise: Promise<T>): Promise<T | undefined> {
  if (limitMs === undefined) return promise;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => { timer = setTimeout(() => resolve(undefined), limitMs).unref(); });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}
