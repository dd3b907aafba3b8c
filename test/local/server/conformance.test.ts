import { eventOf } from '../../conformance/event';
import { buildAsset } from '../../conformance/javascript/build';
import { JsonObject, readVectors, Vector, VectorFile } from '../../conformance/vector';
import { HTTP_API, routeOf, startServer } from '../support';

/** The vectors that real requests to an HTTP API can test. Others need another endpoint, a server, or an event that no client can cause. */
const suites = readVectors().map(({ file, vectors }) => ({ file, vectors, cases: vectors.cases.filter((vector) => isPlain(vectors, vector)) })).filter(({ cases }) => cases.length > 0);

function isPlain({ environment, app, requires = [] }: VectorFile, { event, expect: { answer }, environment: own, remainingMs }: Vector): boolean {
  if (environment || own || remainingMs || app.endpoint || requires.includes('secrets') || !answer || !('from' in event)) return false;
  return event.from === 'http-2.0' && !JSON.stringify(event).includes('requestContext') && isReadable(answer as JsonObject);
}

/** Whether `fetch` returns the body as it was sent. It decodes a body with a content-encoding header. */
function isReadable({ status, body = '', broken, headers }: JsonObject): boolean {
  return typeof status === 'number' && typeof body === 'string' && !broken && !JSON.stringify(headers ?? {}).includes('content-encoding');
}

describe.each(suites)('$file', ({ vectors, cases }) => {
  test('real requests get the responses of the vectors', async () => {
    const routes = Object.keys(vectors.app.routers).flatMap((prefix) => [prefix, `${prefix === '/' ? '' : prefix}/{proxy+}`].map((path) => routeOf('ANY', path)));
    const fn = { directory: buildAsset(vectors.app, 'fetch'), environment: { AWS_LAMBDA_FUNCTION_VERSION: '7' } };
    const { url } = await startServer('', { ...HTTP_API, routes }, { fn });
    for (const vector of cases) {
      const { status, body = '', base64 = Buffer.from(String(body)).toString('base64') } = vector.expect.answer as JsonObject;
      const { rawPath, rawQueryString, headers, body: sent, isBase64Encoded, requestContext } = eventOf(vector) as JsonObject & { headers: Record<string, string> };
      const { method } = (requestContext as JsonObject).http as JsonObject;
      const { host: _, 'content-length': _2, ...rest } = headers;
      const text = typeof sent === 'string' ? Buffer.from(sent, isBase64Encoded ? 'base64' : 'utf8') : undefined;
      const response = await fetch(`${url}${encodeURI(String(rawPath))}?${String(rawQueryString)}`, { method: String(method), headers: rest, body: text, redirect: 'manual' });
      const bytes = Buffer.from(await response.arrayBuffer());
      expect({ name: vector.name, status: response.status, base64: bytes.toString('base64') }).toEqual({ name: vector.name, status, base64 });
    }
  });
});

test('more than 10 vectors are tested', () => {
  expect(suites.flatMap(({ cases }) => cases).length).toBeGreaterThan(10);
});
