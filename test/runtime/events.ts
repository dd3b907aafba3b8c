/**
 * Events as the endpoints create them for a request. Each builder converts the path, the query string, the headers, and the
 * cookies like its endpoint, and fills the other members like the samples in AWS's documentation.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
import { HttpApiEvent, RestApiEvent } from '../../lib/runtime/events';

/** A request as the client sent it, and the configuration of the endpoint. */
export interface Sent {
  readonly method?: string;
  /** The path as the client sent it, percent-encoded, without the stage and the base path mapping. */
  readonly path?: string;
  /** The path of the matched route, for example `/users/{proxy+}`, or `$default`. */
  readonly resource?: string;
  /** As the client sent it, percent-encoded, without `?`. */
  readonly query?: string;
  readonly headers?: ReadonlyArray<readonly [name: string, value: string]>;
  /** `name=value` each. */
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** The default is `$default`, or `prod` for a REST API. */
  readonly stage?: string;
  /** The base path mapping of a custom domain, for example `/v1/nested`. */
  readonly mapping?: string;
  readonly domainName?: string;
  readonly authorizer?: unknown;
}

const DOMAIN = 'id.execute-api.eu-central-1.amazonaws.com';
const CUSTOM_DOMAIN = 'api.example.com';
const IP = '203.0.113.7';
const AGENT = 'curl/8.9.1';

/** A REST API: payload format 1.0 without a version, with the encoded path. */
export function rest(sent: Sent): RestApiEvent {
  const path = (sent.mapping ?? '') + (sent.path ?? '/');
  return restShaped(sent, { path, stage: sent.stage ?? 'prod', parameters: greedyOf(sent, (text) => text) });
}

/** An HTTP API with payload format 1.0: the decoded path, after a named stage. */
export function http1(sent: Sent): RestApiEvent {
  const stage = sent.stage ?? '$default';
  const path = (sent.mapping ?? stageLead(stage)) + decodedPath(sent);
  return { version: '1.0', ...restShaped(sent, { path, stage, parameters: greedyOf(sent, decodeURIComponent) }) };
}

/** An HTTP API with payload format 2.0: the decoded path, after a named stage, also with a custom domain. */
export function http2(sent: Sent): HttpApiEvent {
  const stage = sent.stage ?? '$default';
  const resource = sent.resource ?? '$default';
  return httpShaped(sent, {
    stage,
    routeKey: resource === '$default' ? resource : `ANY ${resource}`,
    rawPath: stageLead(stage) + decodedPath(sent),
    domainName: sent.domainName ?? (sent.mapping ? CUSTOM_DOMAIN : DOMAIN),
    parameters: greedyOf(sent, decodeURIComponent),
  });
}

/** A function URL: payload format 2.0, with the encoded path, without routes. */
export function functionUrl(sent: Sent): HttpApiEvent {
  return httpShaped(sent, {
    stage: '$default',
    routeKey: '$default',
    rawPath: sent.path ?? '/',
    domainName: sent.domainName ?? 'id.lambda-url.eu-central-1.on.aws',
  });
}

/** For `describe.each`. A function URL has no routes, so its builder uses only the path. */
export const formats = [
  { name: 'REST API', payload: '1.0', encoding: 'encoded', routed: true, event: rest },
  { name: 'HTTP API, payload 1.0', payload: '1.0', encoding: 'decoded', routed: true, event: http1 },
  { name: 'HTTP API, payload 2.0', payload: '2.0', encoding: 'decoded', routed: true, event: http2 },
  { name: 'function URL', payload: '2.0', encoding: 'encoded', routed: false, event: functionUrl },
] as const;

type Parameters = { [name: string]: string } | undefined;

function restShaped(sent: Sent, { path, stage, parameters }: { path: string; stage: string; parameters: Parameters }): RestApiEvent {
  const resource = sent.resource ?? '/{proxy+}';
  const method = sent.method ?? 'GET';
  const domainName = sent.domainName ?? (sent.mapping ? CUSTOM_DOMAIN : DOMAIN);
  const headers = [['Host', domainName], ['User-Agent', AGENT], ...sent.headers ?? [], ...cookieHeader(sent)];
  const query = [...new URLSearchParams(sent.query)];
  return {
    resource,
    path,
    httpMethod: method,
    headers: Object.fromEntries(headers),
    multiValueHeaders: grouped(headers),
    queryStringParameters: query.length ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query.length ? grouped(query) : null,
    pathParameters: parameters ?? null,
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'id',
      authorizer: sent.authorizer,
      domainName,
      domainPrefix: domainName.split('.')[0],
      httpMethod: method,
      identity: { sourceIp: IP, userAgent: AGENT },
      path: sent.mapping ? path : `/${stage}${path}`,
      requestId: 'id=',
      requestTime: '04/Mar/2020:19:15:17 +0000',
      requestTimeEpoch: 1583349317135,
      resourcePath: resource,
      stage,
    },
    body: sent.body ?? null,
    isBase64Encoded: sent.isBase64Encoded ?? false,
  };
}

interface HttpShape {
  readonly stage: string;
  readonly routeKey: string;
  readonly rawPath: string;
  readonly domainName: string;
  readonly parameters?: Parameters;
}

function httpShaped(sent: Sent, { stage, routeKey, rawPath, domainName, parameters }: HttpShape): HttpApiEvent {
  const headers = [['host', domainName], ['user-agent', AGENT], ...sent.headers ?? []].map(([name, value]) => [name.toLowerCase(), value]);
  const query = [...new URLSearchParams(sent.query)];
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: sent.query ?? '',
    ...sent.cookies && { cookies: [...sent.cookies] },
    headers: joined(headers),
    ...query.length && { queryStringParameters: joined(query) },
    ...parameters && { pathParameters: parameters },
    requestContext: {
      accountId: '123456789012',
      apiId: 'id',
      ...sent.authorizer !== undefined && { authorizer: sent.authorizer },
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: { method: sent.method ?? 'GET', path: rawPath, protocol: 'HTTP/1.1', sourceIp: IP, userAgent: AGENT },
      requestId: 'id=',
      routeKey,
      stage,
      time: '12/Mar/2020:19:03:58 +0000',
      timeEpoch: 1583348638390,
    },
    ...sent.body !== undefined && { body: sent.body },
    isBase64Encoded: sent.isBase64Encoded ?? false,
  };
}

/** HTTP APIs decode the path and cut it at a decoded `?`. */
function decodedPath({ path = '/' }: Sent): string {
  return decodeURIComponent(path).split('?')[0];
}

function stageLead(stage: string): string {
  return stage === '$default' ? '' : `/${stage}`;
}

/** The value of `{proxy+}`. Both kinds of API omit a trailing slash. */
function greedyOf({ path = '/', resource = '' }: Sent, convert: (text: string) => string): Parameters {
  if (!resource.endsWith('/{proxy+}')) return undefined;
  const skipped = resource.split('/').length - 1;
  return { proxy: convert(path.split('/').slice(skipped).join('/')).split('?')[0].replace(/\/$/, '') };
}

function cookieHeader({ cookies }: Sent): string[][] {
  return cookies?.length ? [['Cookie', cookies.join('; ')]] : [];
}

function grouped(entries: ReadonlyArray<readonly string[]>): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of entries) (groups[name] ??= []).push(value);
  return groups;
}

function joined(entries: ReadonlyArray<readonly string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(grouped(entries)).map(([name, values]) => [name, values.join(',')]));
}
