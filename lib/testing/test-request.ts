import type { TestEndpoint } from './test-endpoint';
import { headerOf, HttpHeaders, HttpRequest } from '../gateway/http-message';
import { must, show } from '../private/check';
import { LazyApiError } from '../private/errors';

/** Names and values: an object, `Headers`, or pairs. */
export type TestHeaders = Iterable<readonly [name: string, value: string]> | Readonly<Record<string, string | readonly string[]>>;

/** What a request has in addition to its method and path. */
export interface TestRequestOptions {
  /**
   * The headers of the client. The endpoint adds its own, such as `host` and `x-forwarded-for`.
   *
   * @default - none
   */
  readonly headers?: TestHeaders;
  /**
   * The body. A plain object or a list is sent as JSON, anything else as `fetch` sends it: text, a `Uint8Array`, `URLSearchParams`, and for
   * `request` also `FormData` and `Blob`.
   *
   * @default - none
   */
  readonly body?: string | object;
  /**
   * The claims of the token that an authorizer has let through: a JWT authorizer of an HTTP API, a Cognito authorizer of a REST API.
   *
   * @default - no authorizer
   */
  readonly claims?: Readonly<Record<string, unknown>>;
  /**
   * What an authorizer passes to the function, as in `requestContext.authorizer`. Use it for Lambda authorizers and IAM.
   *
   * @default - none, or what `claims` gives
   */
  readonly authorizer?: object;
}

const REQUEST_LINE = /^([A-Z]+) (\/\S*)$/;

const aRequestLine = must('a method and a path, like "GET /api/users?limit=1"', (value) => REQUEST_LINE.test(String(value)));

/** An address for documentation: https://www.rfc-editor.org/rfc/rfc5737 */
const SOURCE_IP = '192.0.2.1';

/** The request as it reaches the function's endpoint. */
export function toHttpRequest(line: string, { headers = {}, body }: TestRequestOptions, { domainName }: TestEndpoint): HttpRequest {
  const [, method, target] = parseLine(line);
  const given = pairsOf(headers);
  const { bytes, type } = encodeBody(body);
  const added = {
    'host': domainName,
    'user-agent': 'cdk-lazy-api/testing',
    'x-forwarded-for': SOURCE_IP,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    ...type !== undefined && { 'content-type': type },
    ...bytes && { 'content-length': String(bytes.length) },
  };
  const missing = Object.entries(added).filter(([name]) => headerOf(given, name) === undefined);
  return { method, target, headers: [...missing, ...given], body: bytes, sourceIp: SOURCE_IP };
}

export function authorizerOf({ claims, authorizer }: TestRequestOptions, endpoint: TestEndpoint): object | undefined {
  return authorizer ?? (claims && endpoint.toAuthorizer(claims));
}

function parseLine(line: string): RegExpExecArray {
  const problem = aRequestLine('the request', line);
  if (problem !== undefined) throw new LazyApiError('TEST_REQUEST', problem);
  return REQUEST_LINE.exec(line)!;
}

function pairsOf(headers: TestHeaders): HttpHeaders {
  if (Symbol.iterator in headers) return [...headers as Iterable<readonly [string, string]>];
  return Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => [name, value] as const));
}

interface EncodedBody {
  readonly bytes?: Uint8Array;
  readonly type?: string;
}

/** As `fetch` encodes it, apart from JSON. */
function encodeBody(body: TestRequestOptions['body']): EncodedBody {
  if (body === undefined || body === null) return {};
  switch (kindOf(body)) {
    case 'String': return { bytes: Buffer.from(String(body)), type: 'text/plain;charset=UTF-8' };
    case 'URLSearchParams': return { bytes: Buffer.from(String(body)), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
    case 'Uint8Array': return { bytes: body as Uint8Array };
    case 'Object':
    case 'Array': return { bytes: Buffer.from(JSON.stringify(body)), type: 'application/json' };
    default: throw new LazyApiError('TEST_REQUEST', `body must be text, a plain object or list, a Uint8Array, or URLSearchParams, got ${show(body)}`);
  }
}

/** Reads a body whose bytes are not available immediately, and adds its type to the headers. */
export async function readBody(options: TestRequestOptions): Promise<TestRequestOptions> {
  if (!['FormData', 'Blob', 'File'].includes(kindOf(options.body))) return options;
  const form = new Response(options.body as FormData);
  const type = form.headers.get('content-type');
  const given = pairsOf(options.headers ?? {});
  const own = type === null || headerOf(given, 'content-type') !== undefined ? [] : [['content-type', type] as const];
  return { ...options, headers: [...given, ...own], body: new Uint8Array(await form.arrayBuffer()) };
}

/** Not with `instanceof`, because objects in the context of a test runner have other classes. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
