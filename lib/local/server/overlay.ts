import { Readable } from 'node:stream';
import { headerOf, HttpRequest, HttpResponse } from '../../gateway/http-message';

/** How much of the last good build's response the page shows, in bytes. */
const SHOWN_BYTES = 100_000;

const STYLE = `
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: #1b1b1f; background: #fff; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.3rem; margin: 0 0 .5rem; color: #a3121f; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
pre { margin: 0; padding: 1rem; overflow: auto; font: 13px/1.45 ui-monospace, monospace; background: #f4f4f6; white-space: pre-wrap; }
pre.error { border-left: 4px solid #a3121f; background: #fdf1f2; }
@media (prefers-color-scheme: dark) {
  body { color: #e8e8ea; background: #17171a; }
  h1 { color: #ff8a94; }
  pre { background: #232327; }
  pre.error { border-color: #ff8a94; background: #2e1c1f; }
}`;

/** Whether a browser requests a page, as opposed to a script that requests data. Old browsers send no such header, but prefer HTML. */
export function isNavigation({ method, headers }: Pick<HttpRequest, 'method' | 'headers'>): boolean {
  if (method !== 'GET') return false;
  const mode = headerOf(headers, 'sec-fetch-mode');
  return mode === undefined ? /^text\/html\b/.test(headerOf(headers, 'accept') ?? '') : mode === 'navigate';
}

/** A page that shows why the sources do not build, above the response of the last build that succeeded. */
export async function overlay(error: string, answer: HttpResponse): Promise<HttpResponse> {
  const page = renderPage(error, answer.status, await textOf(answer));
  return {
    status: 500,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['content-security-policy', 'default-src \'none\'; style-src \'unsafe-inline\''],
      ['cache-control', 'no-store'],
    ],
    body: Buffer.from(page),
  };
}

function renderPage(error: string, status: number, text: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The build failed</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>The build failed</h1>
<pre class="error">${escape(error)}</pre>
<h2>The last good build responds with ${status}</h2>
<pre>${escape(text)}</pre>
</main>
</body>
</html>
`;
}

async function textOf({ headers, body }: HttpResponse): Promise<string> {
  const type = headerOf(headers, 'content-type') ?? 'text/plain';
  const isText = headerOf(headers, 'content-encoding') === undefined && /^text\/|json|xml|javascript/i.test(type);
  const { bytes, isWhole } = body instanceof Readable ? await startOf(body) : { bytes: body, isWhole: body.byteLength <= SHOWN_BYTES };
  if (!isText) return `(${type}${isWhole ? `, ${bytes.byteLength} bytes` : ''})`;
  return Buffer.from(bytes).subarray(0, SHOWN_BYTES).toString() + (isWhole ? '' : '\n…');
}

/** A stream may never end. */
async function startOf(stream: Readable): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > SHOWN_BYTES) return { bytes: Buffer.concat(chunks), isWhole: false };
    }
  } catch {
    return { bytes: Buffer.concat(chunks), isWhole: false };
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
