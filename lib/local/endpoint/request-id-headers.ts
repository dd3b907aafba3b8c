import type { LocalEndpoint } from './local-endpoint';
import type { HttpHeaders } from '../../gateway/http-message';

/** The headers in which each endpoint returns the ID of the request. */
const NAMES: Readonly<Record<LocalEndpoint['kind'], readonly string[]>> = {
  'http-api': ['apigw-requestid'],
  'rest-api': ['x-amzn-RequestId', 'x-amz-apigw-id'],
  'function-url': ['x-amzn-RequestId'],
  'none': [],
};

export function requestIdHeaders({ kind }: LocalEndpoint, requestId: string): HttpHeaders {
  return NAMES[kind].map((name) => [name, requestId]);
}
