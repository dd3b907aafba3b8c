import { SmokeRequest } from '../../routers/verification/smoke/smoke-requests';
import { LocalError } from '../local-error';

/** The response of a deployed API to a request. */
export interface UrlAnswer {
  readonly request: string;
  readonly expected: number;
  /** Undefined if it did not respond. */
  readonly status?: number;
  /** Why it did not respond. */
  readonly error?: string;
}

/** How long a response of a deployed API may take, in milliseconds: as long as API Gateway waits. */
const LIMIT_MS = 30_000;

/** Sends requests to a deployed API, one after the other. A redirect counts as the response. */
export async function sendToUrl(url: string, requests: readonly SmokeRequest[]): Promise<UrlAnswer[]> {
  const isUrl = /^https?:\/\//.test(url) && URL.canParse(url);
  if (!isUrl) throw new LocalError(`--url must be the URL of an API, like https://example.com/prod, got "${url}"`);
  const answers: UrlAnswer[] = [];
  for (const request of requests) answers.push(await send(url.replace(/\/$/, ''), request));
  return answers;
}

async function send(base: string, { method, target, headers, body, isBase64Encoded, status: expected }: SmokeRequest): Promise<UrlAnswer> {
  const request = `${method} ${target}`;
  try {
    const response = await fetch(base + target, {
      method,
      headers,
      body: body === undefined ? undefined : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    await response.arrayBuffer();
    return { request, expected, status: response.status };
  } catch (error) {
    const { message, cause } = error as Error;
    return { request, expected, error: cause instanceof Error ? cause.message : message };
  }
}
