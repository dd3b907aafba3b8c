import { IAM_SKIPPED, TOKENS_TRUSTED } from './caveats';
import { LocalAuthorization, LocalEndpoint, LocalRoute } from './local-endpoint';
import type { OwnAnswer } from './own-answer';
import type { EventContext } from '../../gateway/event-context';
import { headerOf, HttpRequest } from '../../gateway/http-message';
import { parseTarget } from '../../gateway/request-target';

/** The decision of an authorizer about a request. */
export type Authorization =
  /** The request is allowed. The event's request context has the authorizer context, in the shape of the payload format. */
  | { readonly passes: true; readonly authorizer?: object; readonly note?: string }
  | { readonly passes: false; readonly answer: OwnAnswer; readonly note?: string };

/** A request and its route. */
export interface AskedRoute {
  readonly endpoint: LocalEndpoint;
  readonly route: LocalRoute;
  readonly request: HttpRequest;
  readonly context: EventContext;
}

/** Runs the Lambda authorizer of a route. Undefined if it cannot run here. */
export type RunAuthorizer = (asked: AskedRoute) => Promise<Authorization | undefined>;

export interface AuthorizeOptions {
  /** Whether tokens are accepted without verification. */
  readonly trustTokens?: boolean;
  readonly runAuthorizer?: RunAuthorizer;
  /** Decides instead of an authorizer. Returns undefined to leave the decision to the authorizer. */
  readonly decide?: (authorization: LocalAuthorization) => Authorization | undefined;
}

interface Claims {
  readonly [name: string]: unknown;
}

export async function authorize(asked: AskedRoute, { trustTokens, runAuthorizer, decide }: AuthorizeOptions): Promise<Authorization> {
  const { endpoint, route: { authorization }, request } = asked;
  const decided = decide?.(authorization);
  if (decided) return decided;
  if (authorization.kind === 'none') return { passes: true };
  if (authorization.kind === 'iam') return { passes: true, note: IAM_SKIPPED };
  if (authorization.kind === 'lambda') {
    return await runAuthorizer?.(asked) ?? unauthorized('the Lambda authorizer of this route cannot run on this machine');
  }
  const token = tokenOf(authorization, request);
  if (token === undefined) return unauthorized();
  if (!trustTokens) return unauthorized('tokens are not verified on this machine; use --trust-tokens to accept every token');
  const claims = claimsOf(token);
  if (!claims) return unauthorized('the token is not a JSON Web Token');
  return byScopes(endpoint, authorization, claims);
}

export function unauthorized(note?: string): Authorization {
  return { passes: false, answer: 'unauthorized', note };
}

/** The identity source is `$request.header.Authorization` for an HTTP API, `method.request.header.Authorization` for a REST API. */
function tokenOf({ authorizer }: LocalAuthorization, { headers, target }: HttpRequest): string | undefined {
  const [source] = [authorizer?.IdentitySource ?? []].flat() as string[];
  const [, place, name] = /request\.(header|querystring)\.(.+)$/.exec(source ?? '') ?? [undefined, 'header', 'authorization'];
  const value = place === 'header' ? headerOf(headers, name.toLowerCase()) : parseTarget(target).parameters.find(([other]) => other === name)?.[1];
  return value?.replace(/^bearer\s+/i, '');
}

/** Decodes the token. Nothing is verified. */
function claimsOf(token: string): Claims | undefined {
  try {
    return Object(JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())) as Claims;
  } catch {
    return undefined;
  }
}

/** One of the route's scopes is enough. */
function byScopes({ kind, payload }: LocalEndpoint, { scopes = [] }: LocalAuthorization, claims: Claims): Authorization {
  const claimed = Array.isArray(claims.scp) ? claims.scp as string[] : String(claims.scope ?? claims.scp ?? '').split(' ');
  const matched = scopes.filter((scope) => claimed.includes(scope));
  if (scopes.length > 0 && matched.length === 0) {
    return { passes: false, answer: 'forbidden', note: `the token has none of the scopes of this route: ${scopes.join(', ')}` };
  }
  const texts = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, textOf(value)]));
  const shown = { claims: texts, ...kind === 'http-api' && { scopes: scopes.length > 0 ? matched : null } };
  return { passes: true, authorizer: payload === '2.0' ? { jwt: shown } : shown, note: TOKENS_TRUSTED };
}

/** API Gateway writes lists as `[a b]`. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
