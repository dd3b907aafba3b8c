import { LocalAnswer, LocalAuthorization, LocalEndpoint, LocalRoute, NO_ENDPOINT } from './local-endpoint';
import { readGatewayResponses } from './read-gateway-responses';
import { unquoted } from './unquoted';
import { referredId, refersTo, resourcesOf, Template } from '../assembly/template';

interface MethodProperties {
  readonly RestApiId: unknown;
  readonly ResourceId: unknown;
  readonly HttpMethod: string;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: unknown;
  readonly AuthorizationScopes?: readonly string[];
  readonly ApiKeyRequired?: boolean;
  readonly Integration?: IntegrationProperties;
}

interface IntegrationProperties {
  readonly Type: string;
  readonly Uri?: unknown;
  readonly ResponseTransferMode?: string;
  readonly TimeoutInMillis?: number;
  readonly IntegrationResponses?: readonly IntegrationResponse[];
}

interface IntegrationResponse {
  readonly StatusCode: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

const KINDS: Readonly<Record<string, LocalAuthorization['kind']>> = { AWS_IAM: 'iam', COGNITO_USER_POOLS: 'cognito', CUSTOM: 'lambda' };

const HEADER = 'method.response.header.';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const TIMEOUT_MS = 29_000;

/** The syntax in which lib/endpoint/rest/mock-preflight.ts lists the other origins. */
const OTHER_ORIGIN = /\$origin == "([^"]+)"/g;

export function readRestApi(template: Template, targets: ReadonlySet<string>): LocalEndpoint | undefined {
  const all = resourcesOf<MethodProperties>(template, 'AWS::ApiGateway::Method').map(([, method]) => method);
  const ours = all.filter(({ Integration: integration }) => refersTo(integration?.Uri, targets));
  if (ours.length === 0) return undefined;
  const paths = new Set(ours.map((method) => pathOf(method.ResourceId, template)));
  const mocks = all.filter((method) => method.Integration?.Type === 'MOCK' && paths.has(pathOf(method.ResourceId, template)));
  const apiId = referredId(ours[0].RestApiId) ?? '';
  return {
    ...NO_ENDPOINT,
    kind: 'rest-api',
    payload: '1.0',
    stage: stageOf(template, apiId),
    streaming: ours.some(({ Integration: integration }) => integration?.ResponseTransferMode === 'STREAM'),
    routes: [...ours, ...mocks].map((method) => toRoute(method, template)),
    binaryMediaTypes: (template.Resources[apiId]?.Properties?.BinaryMediaTypes ?? []) as readonly string[],
    gatewayResponses: readGatewayResponses(template, apiId),
    timeoutMs: ours[0].Integration!.TimeoutInMillis ?? TIMEOUT_MS,
  };
}

/** The path of a resource. Resources that are not in the template belong to an existing API. Their paths are unknown and are left out. */
function pathOf(resourceId: unknown, template: Template): string {
  const resource = template.Resources[referredId(resourceId) ?? ''];
  if (resource?.Type !== 'AWS::ApiGateway::Resource') return '/';
  const parent = pathOf(resource.Properties!.ParentId, template);
  return `${parent === '/' ? '' : parent}/${String(resource.Properties!.PathPart)}`;
}

function stageOf(template: Template, apiId: string): string {
  const stage = resourcesOf(template, 'AWS::ApiGateway::Stage').find(([, { RestApiId: id }]) => referredId(id) === apiId);
  const name = stage?.[1].StageName;
  return typeof name === 'string' ? name : 'prod';
}

function toRoute(method: MethodProperties, template: Template): LocalRoute {
  const authorizerId = referredId(method.AuthorizerId);
  return {
    method: method.HttpMethod,
    path: pathOf(method.ResourceId, template),
    apiKeyRequired: method.ApiKeyRequired ?? false,
    authorization: {
      kind: KINDS[method.AuthorizationType ?? 'NONE'] ?? 'none',
      scopes: method.AuthorizationScopes,
      authorizer: authorizerId === undefined ? undefined : template.Resources[authorizerId]?.Properties,
    },
    ...method.Integration?.Type === 'MOCK' && { answer: toAnswer(method.Integration) },
  };
}

function toAnswer({ IntegrationResponses: [response] = [] }: IntegrationProperties): LocalAnswer {
  const { StatusCode: status = '200', ResponseParameters: parameters = {}, ResponseTemplates: templates = {} } = response ?? {};
  return {
    status: Number(status),
    headers: unquoted(parameters, HEADER),
    otherOrigins: [...(templates['application/json'] ?? '').matchAll(OTHER_ORIGIN)].map(([, origin]) => origin),
  };
}
