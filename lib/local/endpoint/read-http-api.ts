import { LocalAuthorization, LocalEndpoint, LocalRoute, NO_ENDPOINT } from './local-endpoint';
import { readCors } from './read-cors';
import { Properties, referredId, refersTo, resourcesOf, Template } from '../assembly/template';

interface RouteProperties {
  readonly ApiId: unknown;
  readonly RouteKey: string;
  readonly Target: unknown;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: unknown;
  readonly AuthorizationScopes?: readonly string[];
  readonly ApiKeyRequired?: boolean;
}

interface IntegrationProperties {
  readonly IntegrationUri?: unknown;
  readonly PayloadFormatVersion?: string;
  readonly TimeoutInMillis?: number;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const TIMEOUT_MS = 30_000;

const KINDS: Readonly<Record<string, LocalAuthorization['kind']>> = { AWS_IAM: 'iam', JWT: 'jwt', CUSTOM: 'lambda' };

export function readHttpApi(template: Template, targets: ReadonlySet<string>): LocalEndpoint | undefined {
  const integrations = resourcesOf<IntegrationProperties>(template, 'AWS::ApiGatewayV2::Integration')
    .filter(([, { IntegrationUri: uri }]) => refersTo(uri, targets));
  const ids = new Set(integrations.map(([id]) => id));
  const routes = resourcesOf<RouteProperties>(template, 'AWS::ApiGatewayV2::Route').filter(([, { Target: target }]) => refersTo(target, ids));
  if (routes.length === 0) return undefined;
  const apiId = referredId(routes[0][1].ApiId) ?? '';
  return {
    ...NO_ENDPOINT,
    kind: 'http-api',
    payload: integrations[0][1].PayloadFormatVersion === '1.0' ? '1.0' : '2.0',
    stage: stageOf(template, apiId),
    routes: routes.map(([, route]) => toRoute(route, template)),
    timeoutMs: integrations[0][1].TimeoutInMillis ?? TIMEOUT_MS,
    cors: readCors(template.Resources[apiId]?.Properties?.CorsConfiguration as Properties | undefined),
  };
}

function stageOf(template: Template, apiId: string): string {
  const stage = resourcesOf(template, 'AWS::ApiGatewayV2::Stage').find(([, { ApiId: id }]) => referredId(id) === apiId);
  const name = stage?.[1].StageName;
  return typeof name === 'string' ? name : '$default';
}

function toRoute(route: RouteProperties, template: Template): LocalRoute {
  const [method, path = '$default'] = route.RouteKey === '$default' ? ['ANY'] : route.RouteKey.split(' ');
  const authorizerId = referredId(route.AuthorizerId);
  return {
    method,
    path,
    apiKeyRequired: route.ApiKeyRequired ?? false,
    authorization: {
      kind: KINDS[route.AuthorizationType ?? 'NONE'] ?? 'none',
      scopes: route.AuthorizationScopes,
      authorizer: authorizerId === undefined ? undefined : template.Resources[authorizerId]?.Properties,
    },
  };
}
