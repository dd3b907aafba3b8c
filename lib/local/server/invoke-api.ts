import { headerOf, HttpHeaders, HttpRequest, HttpResponse } from '../../gateway/http-message';
import { decodePath } from '../../gateway/request-target';
import { jsonResponse } from '../../gateway/to-response';
import { EVENT_BYTES } from '../endpoint/limits';
import type { InvocationResult } from '../lambda/invocation';
import type { Invoked } from '../lambda/local-lambda';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const PATH = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?|$)/;

/** How much of the log `LogType: Tail` returns. */
const LOG_BYTES = 4096;

/** Whether a request is for Lambda's API instead of the function. */
export function isInvokeApi(target: string): boolean {
  return PATH.test(target);
}

/** Runs the function once. */
export type InvokeFunction = (event: string, clientContext?: string) => Promise<Invoked>;

/** Responds to a request of the Invoke API. */
export async function answerInvoke(invoke: InvokeFunction, functionName: string, request: HttpRequest): Promise<HttpResponse> {
  const name = nameOf(decodePath(PATH.exec(request.target)![1]));
  if (name !== functionName) return apiError(404, 'ResourceNotFoundException', `Function not found: ${name}; the function is named ${functionName}`);
  const event = Buffer.from(request.body ?? []).toString() || '{}';
  if (Buffer.byteLength(event) > EVENT_BYTES) return tooLargeToInvoke();
  if (!isJson(event)) return apiError(400, 'InvalidRequestContentException', 'Could not parse request body into json');
  const type = headerOf(request.headers, 'x-amz-invocation-type') ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204, headers: [], body: new Uint8Array() };
  const invoked = invoke(event, clientContextOf(request.headers));
  if (type === 'Event') {
    invoked.catch(() => {});
    return { status: 202, headers: [], body: new Uint8Array() };
  }
  return toInvokeResponse(await invoked, headerOf(request.headers, 'x-amz-log-type') === 'Tail');
}

export function tooLargeToInvoke(): HttpResponse {
  return apiError(413, 'RequestTooLargeException', `Request must be smaller than ${EVENT_BYTES} bytes for the InvokeFunction operation`);
}

/** A name, or a partial or complete ARN, each with or without a version. */
function nameOf(text: string): string {
  return text.replace(/^(?:arn:[^:]+:lambda:[^:]*:)?(?:\d+:)?function:/, '').split(':')[0];
}

async function toInvokeResponse({ result, requestId, environment }: Invoked, withLog: boolean): Promise<HttpResponse> {
  const log = withLog ? (await environment.linesOf(requestId)).join('\n') : undefined;
  const { payload, hasFailed } = await payloadOf(result);
  const headers: HttpHeaders = [
    ['content-type', 'application/json'],
    ['x-amzn-requestid', requestId],
    ['x-amz-executed-version', '$LATEST'],
    ...hasFailed ? [['x-amz-function-error', 'Unhandled'] as const] : [],
    ...log === undefined ? [] : [['x-amz-log-result', Buffer.from(log).subarray(-LOG_BYTES).toString('base64')] as const],
  ];
  return { status: 200, headers, body: payload };
}

/** The complete streamed response, as a buffered invocation returns it. */
async function payloadOf(result: InvocationResult): Promise<{ readonly payload: Buffer; readonly hasFailed: boolean }> {
  if (result.kind !== 'streamed') return { payload: result.payload, hasFailed: result.kind === 'failed' };
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of result.payload) chunks.push(chunk as Buffer);
    return { payload: Buffer.concat(chunks), hasFailed: false };
  } catch (error) {
    const { message } = error as Error;
    return { payload: Buffer.from(JSON.stringify({ errorType: message, errorMessage: message })), hasFailed: true };
  }
}

/** Base64 in the request, but JSON in the Runtime API. */
function clientContextOf(headers: HttpHeaders): string | undefined {
  const context = headerOf(headers, 'x-amz-client-context');
  return context === undefined ? undefined : Buffer.from(context, 'base64').toString();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function apiError(status: number, type: string, message: string): HttpResponse {
  const response = jsonResponse(status, JSON.stringify({ Type: 'User', Message: message }));
  return { ...response, headers: [...response.headers, ['x-amzn-errortype', type]] };
}
