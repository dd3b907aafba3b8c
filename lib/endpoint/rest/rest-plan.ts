import { Token } from 'aws-cdk-lib';
import { restApiKind } from './rest-api-kind';
import { checkIntegration, IntegrationSettings } from './rest-integrations';
import type { EndpointTraits } from '../../contract/endpoint';
import { LazyApiError } from '../../private/errors';
import type { ParsedPrefix } from '../../routing/prefix';
import type { ApiCorsOptions } from '../api-gateway-options';
import { Cors, resolveCors } from '../cors';
import { REST_CORS } from '../cors-checks';
import { EndpointKind, planEndpointRoutes, RoutePlan, RoutesOptions } from '../route-plan';

/** The options that determine the routes of a REST API, new or existing. */
export interface RestPlanOptions extends RoutesOptions, IntegrationSettings {
  readonly cors?: ApiCorsOptions;
}

export interface RestPlan extends RoutePlan {
  readonly cors?: Cors;
}

/** Narrower than the grammar of prefixes: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html */
const PATH = /^[A-Za-z0-9:._\-$/{}]*$/;

export function planRestApi(
  prefixes: readonly ParsedPrefix[], options: RestPlanOptions, refusedRouteOptions: EndpointKind['refusedRouteOptions'] = {},
): RestPlan {
  checkPaths(prefixes);
  checkIntegration(options);
  const cors = options.cors && resolveCors(options.cors, REST_CORS);
  if (cors) checkKnown(cors);
  const { routes, traits } = planEndpointRoutes(prefixes, options, { ...restApiKind(cors !== undefined), refusedRouteOptions });
  return { routes, cors, traits: { ...traits, streaming: options.streaming ?? false, ...cors && { cors: answerHeaders(cors) } } };
}

function checkPaths(prefixes: readonly ParsedPrefix[]): void {
  const odd = prefixes.find(({ prefix }) => !PATH.test(prefix));
  if (odd !== undefined) {
    throw new LazyApiError('PREFIX_INVALID', `prefixes: the paths of a REST API can contain only letters, digits, and ":._-$", got "${odd.prefix}"; `
      + 'rename it, or use ApiEndpoint.http');
  }
}

/** These values are part of the function's code, so synthesis must know them. */
function checkKnown({ allowOrigins, allowMethods, allowHeaders, exposeHeaders }: Cors): void {
  const isUnknown = (list: readonly string[]) => Token.isUnresolved(list) || list.some((text) => Token.isUnresolved(text));
  const [unknown] = Object.entries({ allowMethods, allowHeaders }).find(([, entries]) => Token.isUnresolved(entries)) ?? [];
  if (unknown !== undefined) {
    throw new LazyApiError('CORS', `cors.${unknown} must be a list that is known at synthesis, got a token: `
      + 'a REST API stores the list as one string; '
      + 'list the entries literally');
  }
  if (isUnknown(allowOrigins) || isUnknown(exposeHeaders)) {
    throw new LazyApiError('CORS', 'cors.allowOrigins and cors.exposeHeaders must be known at synthesis, got a token: behind a REST API, '
      + 'the function itself adds the headers to its responses; pass literal values, or use ApiEndpoint.http');
  }
}

/** The headers that the function adds to its responses, because API Gateway adds none to the responses of a proxy integration. */
function answerHeaders({ allowOrigins, allowCredentials, exposeHeaders }: Cors): EndpointTraits['cors'] {
  return { allowOrigins, allowCredentials, exposeHeaders };
}
