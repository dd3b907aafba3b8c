import { CfnResource, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { GatewayApi } from './gateway-api';

const API_GATEWAY = 'apigateway.amazonaws.com';

/** Allows API Gateway to invoke the function for all routes of an API. */
export function allowApi(scope: Construct, target: IFunction, api: GatewayApi): void {
  target.addPermission('InvokedByApi', {
    scope,
    principal: new ServicePrincipal(API_GATEWAY),
    sourceArn: api.arnForExecuteApi('*', '/*', '*'),
  });
}

/** Allows API Gateway to invoke the function only for this authorizer. */
export function allowAuthorizer(scope: Construct, handler: IFunction, apiId: string, authorizer: CfnResource): void {
  handler.addPermission(`${authorizer.node.id}Permission`, {
    scope,
    principal: new ServicePrincipal(API_GATEWAY),
    sourceArn: Stack.of(scope).formatArn({ service: 'execute-api', resource: apiId, resourceName: `authorizers/${authorizer.ref}` }),
  });
}
