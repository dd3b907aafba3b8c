import type { LambdaAuthorizer } from './lambda-authorizer';
import { headerOf } from '../../gateway/http-message';
import { restApiEvent } from '../../gateway/payload-1';
import { parseTarget } from '../../gateway/request-target';
import type { AskedRoute } from '../endpoint/authorize';

/** The value of each identity source, or the sources that the request has no value for. */
export type Identity = { readonly values: readonly string[] } | { readonly missing: readonly string[] };

/** `method.request.header.Name` of a REST API, `$request.header.Name` of an HTTP API. */
const SOURCE = /^\$?(?:method\.)?(request\.header|request\.querystring|context)\.(.+)$/;

/**
 * The values that identify a request for an authorizer. If one is missing, the authorizer does not run. The exception is a REQUEST authorizer of a
 * REST API without caching.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html
 */
export function identityOf({ format, identitySources, ttl }: LambdaAuthorizer, asked: AskedRoute): Identity {
  const found = identitySources.map((source) => ({ source, value: valueOf(source, asked) }));
  const missing = found.filter(({ value }) => !value).map(({ source }) => source);
  if (missing.length > 0 && (format !== 'REQUEST' || ttl > 0)) return { missing };
  return { values: found.map(({ value }) => value ?? '') };
}

/** Stage variables have no local values. */
function valueOf(source: string, asked: AskedRoute): string | undefined {
  const [, place, name] = SOURCE.exec(source) ?? [];
  const { headers, target } = asked.request;
  if (place === 'request.header') return headerOf(headers, name.toLowerCase());
  if (place === 'request.querystring') return parseTarget(target).parameters.find(([other]) => other === name)?.[1];
  return place === 'context' ? contextValue(name, asked) : undefined;
}

/** The request context of payload format 1.0 has the names of the context variables. */
function contextValue(name: string, { request, context }: AskedRoute): string | undefined {
  const { route } = context;
  if (name === 'routeKey') return route ? `${route.method} ${route.path}` : '$default';
  const { requestContext } = restApiEvent(request, { ...context, binaryMediaTypes: [] }) as { readonly requestContext: object };
  const value = name.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], requestContext);
  return value === undefined || value === null ? undefined : String(value);
}
