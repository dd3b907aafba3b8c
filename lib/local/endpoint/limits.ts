import { LocalEndpoint } from './local-endpoint';

/** The quota of API Gateway: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const API_GATEWAY_BYTES = 10 * 1024 * 1024;

/** The quota of Lambda for the event of a synchronous invocation: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const EVENT_BYTES = 6 * 1024 * 1024;

/** The maximum size of the body of a request. */
export function bodyLimit({ kind }: LocalEndpoint): number {
  return kind === 'http-api' || kind === 'rest-api' ? API_GATEWAY_BYTES : EVENT_BYTES;
}
