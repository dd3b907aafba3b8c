import type { HttpHeaders } from '../../../lib/gateway/http-message';
import type { AskedRoute } from '../../../lib/local/endpoint/authorize';
import type { LocalEndpoint } from '../../../lib/local/endpoint/local-endpoint';
import { HTTP_API, REST_API, routeOf } from '../support';

export const REST = REST_API;
export const HTTP = HTTP_API;
export const HTTP_1: LocalEndpoint = { ...HTTP_API, payload: '1.0' };

/** `GET /users/7?token=q` at the route `ANY /users/{proxy+}`. */
export function asked(endpoint: LocalEndpoint, headers: HttpHeaders = [], target = '/users/7?token=q'): AskedRoute {
  return {
    endpoint,
    route: routeOf('ANY', '/users/{proxy+}'),
    request: { method: 'GET', target, headers, sourceIp: '127.0.0.1', body: Buffer.from('secret body') },
    context: {
      requestId: 'id', time: new Date(0), domainName: 'localhost', stage: endpoint.stage, route: { method: 'ANY', path: '/users/{proxy+}', parameters: { proxy: '7' } },
    },
  };
}
