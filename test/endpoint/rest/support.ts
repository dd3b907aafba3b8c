import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ApiEndpoint, LazyApiFunctionProps, RestApiEndpointOptions, Routers } from '../../../lib';
import { newApi, newApp, newStack, routersOf } from '../../support/app';

/** A stack whose synthesis builds no code. */
export function plainStack(): Stack {
  return newStack({}, newApp({ context: { 'aws:cdk:bundling-stacks': [] } }));
}

/** Routers with these prefixes, all of one module. */
export function routersAt(prefixes: readonly string[]): Routers {
  const [{ entry }] = routersOf()._declarations;
  return Routers.fromMap(Object.fromEntries(prefixes.map((prefix) => [prefix, { entry }])));
}

export const PREFIXES = ['/api/orders', '/api/users'];

export function restTemplate(options: RestApiEndpointOptions = {}, prefixes = PREFIXES, props: Partial<LazyApiFunctionProps> = {}): Template {
  const api = newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.rest(options), ...props }, plainStack());
  return Template.fromStack(Stack.of(api));
}

interface CfnValue {
  readonly 'Ref'?: string;
  readonly 'Fn::GetAtt'?: readonly string[];
}

/** A method as CloudFormation gets it. */
export interface CfnMethod {
  readonly HttpMethod: string;
  readonly ResourceId: CfnValue;
  readonly AuthorizationType: string;
  readonly AuthorizerId?: CfnValue;
  readonly AuthorizationScopes?: readonly string[];
  readonly ApiKeyRequired?: boolean;
  readonly RequestValidatorId?: CfnValue;
  readonly Integration: { readonly [property: string]: unknown };
}

/** The methods of a template by their route, like `ANY /users/{proxy+}`: the paths are those of the tree of resources. */
export function methodsOf(template: Template): { readonly [route: string]: CfnMethod } {
  const resources = template.findResources('AWS::ApiGateway::Resource');
  const pathOf = ({ Ref: id }: CfnValue): string => {
    const resource = id === undefined ? undefined : resources[id];
    return resource ? `${pathOf(resource.Properties.ParentId as CfnValue)}/${resource.Properties.PathPart as string}` : '';
  };
  return Object.fromEntries(Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => {
    const method = Properties as CfnMethod;
    return [`${method.HttpMethod} ${pathOf(method.ResourceId) || '/'}`, method];
  }));
}

/** The authorization type of each route. */
export function authorizationsOf(template: Template): { readonly [route: string]: string } {
  return Object.fromEntries(Object.entries(methodsOf(template)).map(([route, { AuthorizationType }]) => [route, AuthorizationType]));
}
