/**
 * Responds to preflight requests without a router. The generated entry imports it for endpoints that send them to the function.
 *
 * HTTP APIs of API Gateway replace these CORS headers with their own.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
import { PreflightHeaders } from '../../contract/endpoint';
import { Result } from '../answers/result';
import { ApiEvent, isHttpApiEvent } from '../events';

/** Undefined for other requests. Only the route distinguishes them, because any request may have this method. */
export function preflight({ allowOrigins, headers }: PreflightHeaders): (event: ApiEvent) => Result | undefined {
  return (event) => {
    if (!isHttpApiEvent(event) || !event.routeKey?.startsWith('OPTIONS ')) return undefined;
    const origin = allowOrigins.includes('*') ? '*' : allowOrigins.find((allowed) => allowed === event.headers?.origin);
    return { statusCode: 204, headers: { ...headers, ...origin !== undefined && { 'access-control-allow-origin': origin } } };
  };
}
