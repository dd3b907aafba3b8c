import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MethodLoggingLevel, Period } from 'aws-cdk-lib/aws-apigateway';
import { InterfaceVpcEndpointAwsService, IVpcEndpoint, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApiAuthorization, ApiEndpoint, ApiWebAcl, LazyApiFunctionProps, RestApiEndpointOptions } from '../../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../../support/app';

/** Creates a stack whose synthesis does not bundle code. */
export function plainStack(): Stack {
  return newStack({}, newAppWithoutBundling());
}

export const PREFIXES = ['/api/orders', '/api/users'];

export function restTemplate(options: RestApiEndpointOptions = {}, prefixes = PREFIXES, props: Partial<LazyApiFunctionProps> = {}): Template {
  const api = newApi({ routers: routersAt(prefixes), endpoint: ApiEndpoint.rest(options), ...props }, plainStack());
  return Template.fromStack(Stack.of(api));
}

/** Most of the options that a public API can combine. */
export const PUBLIC: RestApiEndpointOptions = {
  routes: { '/api/users': { authorization: ApiAuthorization.none(), throttle: { rateLimit: 10, burstLimit: 5 }, apiKeyRequired: false } },
  cors: { allowOrigins: ['https://a.example', 'https://b.example'], allowCredentials: true, maxAge: Duration.minutes(10) },
  webAcl: ApiWebAcl.managedRules({ allowLargeBodies: true }),
  usagePlan: { quota: { limit: 1000, period: Period.DAY } },
  executionLogLevel: MethodLoggingLevel.ERROR,
  cloudWatchRole: true,
  streaming: true,
};

/** Creates a VPC with the interface endpoint that clients use to call a private API. */
export function vpcEndpointIn(stack: Stack): IVpcEndpoint {
  return new Vpc(stack, 'Vpc', { natGateways: 0 }).addInterfaceEndpoint('ExecuteApi', { service: InterfaceVpcEndpointAwsService.APIGATEWAY });
}

interface CfnValue {
  readonly 'Ref'?: string;
  readonly 'Fn::GetAtt'?: readonly string[];
}

/** A method in the template. */
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

/** Returns the methods of a template by route, like `ANY /users/{proxy+}`. The paths come from the tree of resources. */
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

/** Returns the authorization type of each route. */
export function authorizationsOf(template: Template): { readonly [route: string]: string } {
  return Object.fromEntries(Object.entries(methodsOf(template)).map(([route, { AuthorizationType }]) => [route, AuthorizationType]));
}
