import { LocalAnswer, LocalAuthorization, LocalEndpoint, LocalRoute, NO_ENDPOINT } from './local-endpoint';
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
  readonly IntegrationResponses?: ReadonlyArray<{ readonly StatusCode: string; readonly ResponseParameters?: Readonly<Record<string, string>> }>;
}

const KINDS: Readonly<Record<string, LocalAuthorization['kind']>> = { AWS_IAM: 'iam', COGNITO_USER_POOLS: 'cognito', CUSTOM: 'lambda' };

const HEADER = 'method.response.header.';

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
  };
}

/** The path of a resource. Resources that the template does not have belong to an existing API: their paths are unknown, and left out. */
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

/** Values of static headers are in single quotes. */
function toAnswer({ IntegrationResponses: [response] = [] }: IntegrationProperties): LocalAnswer {
  const { StatusCode: status = '200', ResponseParameters: parameters = {} } = response ?? {};
  const headers = Object.entries(parameters)
    .filter(([name]) => name.startsWith(HEADER))
    .map(([name, value]) => [name.slice(HEADER.length), value.replace(/^'|'$/g, '')] as const);
  return { status: Number(status), headers: Object.fromEntries(headers) };
}
