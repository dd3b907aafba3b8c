import { Readable } from 'node:stream';
import { HttpRequest, HttpResponse } from '../gateway/http-message';

/** https://fetch.spec.whatwg.org/#null-body-status */
const WITHOUT_BODY = [204, 205, 304];

/** The response as `fetch` returns it. */
export function toWebResponse({ method }: HttpRequest, { status, headers, body }: HttpResponse): Response {
  const isEmpty = method === 'HEAD' || WITHOUT_BODY.includes(status);
  return new Response(isEmpty ? null : toBody(body), { status, headers: headers.map(([name, value]) => [name, value] as [string, string]) });
}

function toBody(body: HttpResponse['body']) {
  return body instanceof Readable ? Readable.toWeb(body) as ReadableStream<Uint8Array> : body;
}
