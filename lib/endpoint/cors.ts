import { Token } from 'aws-cdk-lib';
import type { ApiCorsOptions } from './api-gateway-options';
import { corsChecks, CorsKind, isSchemeWildcard, METHODS } from './cors-checks';
import { PreflightHeaders } from '../contract/endpoint';
import { checkProp } from '../private/check';
import { LazyApiError } from '../private/errors';

/** CORS options with defaults applied. */
export interface Cors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds?: number;
}

const HEADERS = ['Authorization', 'Content-Type', 'X-Api-Key', 'X-Amz-Date', 'X-Amz-Security-Token', 'X-Amz-User-Agent'];

const LISTS = ['allowOrigins', 'allowMethods', 'allowHeaders', 'exposeHeaders'] as const;

export function resolveCors(options: ApiCorsOptions, kind: CorsKind): Cors {
  checkProp('CORS', 'cors', options, corsChecks(kind));
  const cors: Cors = {
    allowOrigins: options.allowOrigins,
    allowMethods: options.allowMethods ?? METHODS,
    allowHeaders: options.allowHeaders ?? HEADERS,
    exposeHeaders: options.exposeHeaders ?? [],
    allowCredentials: options.allowCredentials ?? false,
    maxAgeSeconds: options.maxAge?.toSeconds(),
  };
  const wildcard = LISTS.find((list) => cors[list].some(isWildcard));
  if (cors.allowCredentials && wildcard) {
    const got = `"${cors[wildcard].find(isWildcard)}"`;
    throw corsError(wildcard, got, 'must not contain a wildcard together with allowCredentials, because browsers accept none when cookies are sent');
  }
  for (const list of LISTS) {
    const entries = cors[list];
    if (entries.includes('*') && entries.length > 1) throw corsError(list, JSON.stringify(entries), 'must be only "*", or a list without it');
  }
  return cors;
}

function isWildcard(entry: string): boolean {
  return entry === '*' || isSchemeWildcard(entry);
}

/** Contains no values that are known only at deployment, because the headers are part of the function's code. */
export function preflightHeaders(cors: Cors): PreflightHeaders {
  const all = [cors.allowOrigins, cors.allowMethods, cors.allowHeaders];
  if (all.some((list) => Token.isUnresolved(list) || list.some((text) => Token.isUnresolved(text)))) return { allowOrigins: [], headers: {} };
  return {
    allowOrigins: cors.allowOrigins,
    headers: {
      'access-control-allow-methods': cors.allowMethods.join(','),
      ...cors.allowHeaders.length > 0 && { 'access-control-allow-headers': cors.allowHeaders.join(',') },
      ...!cors.allowOrigins.includes('*') && { vary: 'origin' },
      ...cors.allowCredentials && { 'access-control-allow-credentials': 'true' },
      ...cors.maxAgeSeconds !== undefined && { 'access-control-max-age': String(cors.maxAgeSeconds) },
    },
  };
}

function corsError(list: string, got: string, must: string): LazyApiError {
  return new LazyApiError('CORS', `cors.${list} ${must}, got ${got}`);
}
