/**
 * A simple model of API Gateway: the route that it matches, and the event that it sends.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { Api, Door, GatewayRoute, segmentsOf } from './api';
import type { ApiEvent } from '../../../lib/runtime/events';

export interface Sent {
  readonly method: string;
  /** A request as the client sent it. */
  readonly path: string;
  readonly query: string;
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly cookies: readonly string[];
  readonly body?: { readonly text: string; readonly base64: boolean };
  readonly authorizer?: unknown;
}

export const isDecoding = ({ kind }: Door): boolean => kind.startsWith('HTTP API');

/** A full match comes first, then the longest greedy match, then `$default`. Literals come before parameters. */
export function matchRoute({ routes }: Api, path: string): GatewayRoute | undefined {
  const sent = path.slice(1).split('/').map(decode);
  const texts = sent.length > 1 && sent.at(-1) === '' ? sent.slice(0, -1) : sent;
  const score = ({ path: route }: GatewayRoute): string | undefined => {
    if (route === '$default') return '0';
    const pattern = segmentsOf(route);
    const greedy = pattern.at(-1) === '{proxy+}';
    const named = greedy ? pattern.slice(0, -1) : pattern;
    const given = texts.join('') === '' && texts.length === 1 ? [] : texts;
    const fits = named.every((text, i) => (text.startsWith('{') ? given[i] !== undefined && given[i] !== '' : given[i] === text));
    if (!fits || (greedy ? given.length <= named.length : given.length !== named.length)) return undefined;
    return (greedy ? '1' : '2') + named.map((text) => (text.startsWith('{') ? 1 : 2)).join('');
  };
  return routes.map((route) => ({ route, rank: score(route) })).filter(({ rank }) => rank !== undefined)
    .sort((a, b) => (a.rank! < b.rank! ? 1 : a.rank! > b.rank! ? -1 : 0))[0]?.route;
}

export function eventOf({ door }: Api, route: string, sent: Sent): ApiEvent {
  const shown = isDecoding(door) ? cut(decode(sent.path)) : sent.path;
  const parameters = route === '$default' ? undefined : parametersOf(door, route, sent.path);
  const domainName = door.kind === 'function URL' ? 'id.lambda-url.eu-central-1.on.aws' : door.mapping ? 'api.example.com' : 'id.execute-api.eu-central-1.amazonaws.com';
  const headers = [['host', domainName] as const, ...sent.headers];
  const query = [...new URLSearchParams(sent.query)];
  const stageLead = door.stage === '$default' ? '' : `/${door.stage}`;
  const body = { body: sent.body?.text, isBase64Encoded: sent.body?.base64 ?? false };
  const common = { accountId: '123456789012', apiId: 'id', domainName, domainPrefix: domainName.split('.')[0], requestId: 'id=', stage: door.stage };
  if (door.kind === 'HTTP API, payload 2.0' || door.kind === 'function URL') {
    const rawPath = (door.kind === 'function URL' ? '' : stageLead) + shown;
    return {
      version: '2.0', routeKey: route === '$default' ? route : `ANY ${route}`, rawPath, rawQueryString: sent.query,
      ...sent.cookies.length > 0 && { cookies: [...sent.cookies] },
      headers: joined(headers), queryStringParameters: query.length ? joined(query) : undefined, pathParameters: parameters,
      requestContext: {
        ...common, routeKey: route, time: '12/Mar/2020:19:03:58 +0000', timeEpoch: 1583348638390, authorizer: sent.authorizer,
        http: { method: sent.method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'curl' },
      },
      ...body,
    };
  }
  const all = [...headers, ...sent.cookies.length > 0 ? [['Cookie', sent.cookies.join('; ')] as const] : []];
  const path = (door.kind === 'REST API' ? door.mapping : door.mapping || stageLead) + shown;
  return {
    ...door.kind === 'HTTP API, payload 1.0' && { version: '1.0' },
    resource: route === '$default' ? '/$default' : route, path, httpMethod: sent.method,
    headers: Object.fromEntries(all), multiValueHeaders: grouped(all),
    queryStringParameters: query.length ? Object.fromEntries(query) : null, multiValueQueryStringParameters: query.length ? grouped(query) : null,
    pathParameters: parameters ?? null, stageVariables: null,
    requestContext: { ...common, httpMethod: sent.method, path, requestTimeEpoch: 1583349317135, resourcePath: route, identity: {}, authorizer: sent.authorizer },
    body: body.body ?? null, isBase64Encoded: body.isBase64Encoded,
  };
}

/** Decodes the path. Invalid sequences stay unchanged. */
export function decode(text: string): string {
  return text.replace(/(%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/** HTTP APIs cut the path at a decoded `?`. */
export const cut = (text: string): string => text.split('?')[0];

/** HTTP APIs decode the variables. The greedy variable has no trailing slash. */
function parametersOf(door: Door, route: string, path: string): Record<string, string> | undefined {
  const texts = path.slice(1).split('/');
  const show = (text: string) => (isDecoding(door) ? cut(decode(text)) : text);
  const pairs = segmentsOf(route).flatMap((text, i): Array<[string, string]> => (!text.startsWith('{') ? []
    : text === '{proxy+}' ? [['proxy', show(texts.slice(i).join('/')).replace(/\/$/, '')]] : [[text.slice(1, -1), show(texts[i] ?? '')]]));
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

export function grouped(pairs: ReadonlyArray<readonly [string, string]>): Record<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...groups.get(name) ?? [], value]);
  return Object.fromEntries(groups);
}

function joined(pairs: ReadonlyArray<readonly [string, string]>): Record<string, string> {
  const lower = pairs.map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(Object.entries(grouped(lower)).map(([name, values]) => [name, values.join(',')]));
}
