import type { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { EndpointRoute } from '../endpoint-plan';

/**
 * Who may call a private API: those who come through its VPC endpoints.
 *
 * Routes that IAM authorises are allowed to nobody here. Within an account either policy is enough, so an allowance would let in every
 * principal of the account; all others need one here, or nobody could call them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function privateApiPolicy(vpcEndpoints: readonly IVpcEndpoint[], routes: readonly EndpointRoute[], preflight: boolean): iam.PolicyDocument {
  const invoke = { principals: [new iam.AnyPrincipal()], actions: ['execute-api:Invoke'] };
  const open = openResources(routes, preflight);
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        ...invoke,
        effect: iam.Effect.DENY,
        resources: ['execute-api:/*'],
        conditions: { StringNotEquals: { 'aws:SourceVpce': vpcEndpoints.map(({ vpcEndpointId }) => vpcEndpointId) } },
      }),
      ...open.length > 0 ? [new iam.PolicyStatement({ ...invoke, effect: iam.Effect.ALLOW, resources: open })] : [],
    ],
  });
}

function openResources(routes: readonly EndpointRoute[], preflight: boolean): string[] {
  const open = routes.filter(({ authorization }) => authorization.kind !== 'iam');
  if (open.length === routes.length) return ['execute-api:/*'];
  return [
    ...open.map(({ path }) => `execute-api:/*/*${path.replace(/\{[^}]*\}/g, '*')}`),
    ...preflight ? ['execute-api:/*/OPTIONS/*'] : [],
  ];
}
