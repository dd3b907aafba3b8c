/** What only REST APIs need. The generated entry imports it if there is one. */
import { CorsHeaders } from '../../contract/endpoint';
import { Result } from '../answers/result';
import { decodeUtf8, isTextType } from '../answers/text-body';
import { ApiEvent, isHttpApiEvent, RestApiEvent } from '../events';

/**
 * A REST API with binary media types passes on all bodies in base64. HTTP APIs and function URLs pass on text unchanged, and routers must receive it
 * in the same form.
 */
export function decodeTextBody(event: ApiEvent): ApiEvent {
  if (isHttpApiEvent(event) || !event?.body || !event.isBase64Encoded || !isTextType(headerOf(event.headers, 'content-type'))) return event;
  const body = decodeUtf8(Buffer.from(event.body, 'base64'));
  return body === undefined ? event : { ...event, body, isBase64Encoded: false };
}

/** REST APIs add no CORS headers to responses of the function. The function adds them, unless the router already has. */
export function addCorsHeaders({ allowOrigins, allowCredentials, exposeHeaders }: CorsHeaders): (event: ApiEvent, result: Result) => Result {
  const any = allowOrigins.includes('*');
  return (event, { headers, multiValueHeaders, ...result }) => {
    const origin = headerOf(event?.headers, 'origin');
    const names = Object.keys({ ...headers, ...multiValueHeaders }).map((name) => name.toLowerCase());
    const allowed = any || (origin !== undefined && allowOrigins.includes(origin));
    const own = names.includes('access-control-allow-origin');
    const cors: Record<string, string[]> = own ? {} : {
      ...!any && { vary: [...valuesOf(headers, 'vary'), ...valuesOf(multiValueHeaders, 'vary'), 'origin'] },
      ...allowed && {
        'access-control-allow-origin': [any ? '*' : origin!],
        ...allowCredentials && { 'access-control-allow-credentials': ['true'] },
        ...exposeHeaders.length && { 'access-control-expose-headers': [exposeHeaders.join(',')] },
      },
    };
    return { ...result, headers: without(headers, cors), multiValueHeaders: { ...without(multiValueHeaders, cors), ...cors } };
  };
}

type AnyHeaders = Result['headers'] | Result['multiValueHeaders'];

function headerOf(headers: RestApiEvent['headers'] | undefined, wanted: string): string | undefined {
  return Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function valuesOf(headers: AnyHeaders, wanted: string): string[] {
  return Object.entries(headers ?? {}).flatMap(([name, value]) => (name.toLowerCase() === wanted ? [value].flat().map(String) : []));
}

function without<H extends AnyHeaders>(headers: H, others: object): H {
  return headers && Object.fromEntries(Object.entries(headers).filter(([name]) => !Object.hasOwn(others, name.toLowerCase()))) as H;
}
