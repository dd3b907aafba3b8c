import { createAssetTarget, endpointKindOf } from './asset-target';
import { checkOptions } from './check-options';
import { toEvent } from './events';
import { createRouterTarget } from './router-target';
import type { TestApi } from './test-api';
import type { TestApiOptions } from './test-api-options';
import { TEST_ENDPOINTS } from './test-endpoint';
import { authorizerOf, readBody, toHttpRequest } from './test-request';
import { createRoutes } from './test-routes';
import { toLambdaResult } from './to-lambda-result';
import { toWebResponse } from './to-web-response';
import { toResponse } from '../gateway/to-response';

/**
 * Creates an API that tests can call, from router modules, which the test runner loads into the process of the test, or from the built code of a
 * construct, which runs in a separate process. Neither needs AWS. Routers of this process do not need a port.
 *
 * Each router is loaded once, when a request first needs it. Create a test API for each test that mocks other modules.
 *
 * The environment variables of the options, and of secrets and parameters, are set in this process until `close()` restores them. A built asset has
 * its own.
 *
 * @throws `LazyApiError` if an option is wrong
 *
 * @example
 * const api = createTestApi({ routers: { '/users': () => import('../src/routers/users') } });
 * const response = await api.request('GET /users/7', { claims: { sub: 'ada' } });
 * await api.close();
 */
export function createTestApi(options: TestApiOptions): TestApi {
  checkOptions(options);
  const endpoint = TEST_ENDPOINTS[options.endpoint ?? ('asset' in options ? endpointKindOf(options.asset) : 'http')];
  const target = 'asset' in options ? createAssetTarget(options) : createRouterTarget(options);
  const findRoute = createRoutes(target.prefixes, endpoint);

  return {
    async request(line, given = {}) {
      const request = toHttpRequest(line, await readBody(given), endpoint);
      const authorizer = authorizerOf(given, endpoint);
      const routed = findRoute(request);
      if (!routed) return toWebResponse(request, endpoint.noRoute!);
      if (routed.prefix !== undefined) await target.load(routed.prefix);
      const result = await target.invoke(toEvent(request, endpoint, { route: routed.route, authorizer }));
      return toWebResponse(request, await toResponse(result, request, endpoint.rules));
    },

    invoke: async (event, context) => toLambdaResult(await target.invoke(event, context)),
    close: () => target.close(),
  };
}
