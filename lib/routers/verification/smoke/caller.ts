import { RoutedRequest } from './routed-request';

/** An address for documentation: https://www.rfc-editor.org/rfc/rfc5737 */
const SOURCE_IP = '192.0.2.1';

/** Who sends a request, and to which host. */
export interface Caller {
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Endpoints add headers to those of the client. */
export function callerOf({ request: { headers } }: RoutedRequest, host: string): Caller {
  const userAgent = headers['user-agent'] ?? 'verification';
  const added = { 'x-forwarded-for': SOURCE_IP, 'x-forwarded-port': '443', 'x-forwarded-proto': 'https' };
  return { sourceIp: SOURCE_IP, userAgent, headers: { host, 'user-agent': userAgent, ...added, ...headers } };
}
