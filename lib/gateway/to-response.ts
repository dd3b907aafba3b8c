import { matchesMediaType } from './event-body';
import { FunctionResult } from './function-result';
import { headerOf, HttpHeaders, HttpRequest, HttpResponse } from './http-message';
import { splitPrelude } from './prelude';

/** How a kind of endpoint turns results into responses. */
export interface ResponseRules {
  /** Whether a result without a status code is the body of a 200: payload format 2.0. */
  readonly infersStatus: boolean;
  /** The content type of a body if the result does not set one. */
  readonly defaultType: string;
  /** The response if the function fails, or returns a result that the endpoint does not accept. */
  readonly failure: HttpResponse;
  /** The types for which a base64 result is decoded. Undefined for all types. */
  readonly binaryMediaTypes?: readonly string[];
}

/** What a function returns to an endpoint. */
interface Result {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>> | null;
  readonly cookies?: readonly string[];
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

const JSON_TYPE = 'application/json';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export const HTTP_API_RULES: ResponseRules = {
  infersStatus: true, defaultType: 'text/plain;charset=UTF-8', failure: jsonResponse(500, '{"message":"Internal Server Error"}'),
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads */
export const FUNCTION_URL_RULES: ResponseRules = { infersStatus: true, defaultType: JSON_TYPE, failure: jsonResponse(502, 'Internal Server Error') };

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export function restApiRules(binaryMediaTypes: readonly string[]): ResponseRules {
  return { infersStatus: false, defaultType: JSON_TYPE, failure: jsonResponse(502, '{"message": "Internal server error"}'), binaryMediaTypes };
}

/** What the client receives. */
export async function toResponse(result: FunctionResult, request: HttpRequest, rules: ResponseRules): Promise<HttpResponse> {
  if (result.kind === 'failed') return rules.failure;
  if (result.kind === 'streamed') {
    const { head, body } = await splitPrelude(result);
    const { statusCode, ...rest } = head as Result;
    return { status: statusOf(statusCode) ?? 200, headers: headersOf(rest), body };
  }
  const value = JSON.parse(Buffer.from(result.payload).toString() || 'null') as unknown;
  if (rules.infersStatus && !hasStatusCode(value)) return inferred(value);
  const { statusCode, body, isBase64Encoded, ...head } = (value ?? {}) as Result;
  const status = statusOf(statusCode);
  const isBody = body === undefined || body === null || typeof body === 'string';
  if (status === undefined || !isBody) return rules.failure;
  const decodes = isBase64Encoded === true && accepts(request, rules.binaryMediaTypes);
  return { status, headers: withContentType(headersOf(head), rules), body: Buffer.from(body ?? '', decodes ? 'base64' : 'utf8') };
}

export function jsonResponse(status: number, text: string): HttpResponse {
  return { status, headers: [['content-type', JSON_TYPE]], body: Buffer.from(text) };
}

function hasStatusCode(value: unknown): value is Result {
  return typeof value === 'object' && value !== null && 'statusCode' in value;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function inferred(value: unknown): HttpResponse {
  return jsonResponse(200, typeof value === 'string' ? value : JSON.stringify(value));
}

function statusOf(statusCode: unknown): number | undefined {
  const status = Number(statusCode);
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

/** Values in `multiValueHeaders` override the value in `headers`. */
function headersOf({ headers, multiValueHeaders, cookies = [] }: Pick<Result, 'headers' | 'multiValueHeaders' | 'cookies'>): HttpHeaders {
  const many = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) => values.map((value) => [name, String(value)] as const));
  const named = new Set(many.map(([name]) => name.toLowerCase()));
  const single = Object.entries(headers ?? {}).filter(([name]) => !named.has(name.toLowerCase()));
  return [
    ...single.map(([name, value]) => [name, String(value)] as const),
    ...many,
    ...cookies.map((cookie) => ['set-cookie', cookie] as const),
  ];
}

function withContentType(headers: HttpHeaders, { defaultType }: ResponseRules): HttpHeaders {
  return headerOf(headers, 'content-type') === undefined ? [...headers, ['content-type', defaultType]] : headers;
}

/** A REST API decodes a result only if the first type that the client accepts is one of its binary types. */
function accepts({ headers }: HttpRequest, binaryMediaTypes?: readonly string[]): boolean {
  if (binaryMediaTypes === undefined) return true;
  const first = (headerOf(headers, 'accept') ?? '*/*').split(',')[0];
  return matchesMediaType(first, binaryMediaTypes);
}
