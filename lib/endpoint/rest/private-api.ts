import type { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EndpointRoute } from '../endpoint-plan';

/**
 * Nobody gets in but through these VPC endpoints.
 *
 * Only routes without IAM authorization are allowed here: within an account, this policy would let callers through whose own policies
 * do not allow them to call the API (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html).
 */
export function privateApiPolicy(vpcEndpoints: readonly IVpcEndpoint[], routes: readonly EndpointRoute[], preflight: boolean): iam.PolicyDocument {
  const open = [
    ...routes.filter(({ authorization }) => authorization.kind !== 'iam').map(({ path }) => `*${path.replace(/\{[^}]*\}/g, '*')}`),
    ...preflight ? ['OPTIONS/*'] : [],
  ];
  const statements = [
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['execute-api:Invoke'],
      resources: ['execute-api:/*'],
      conditions: { StringNotEquals: { 'aws:SourceVpce': vpcEndpoints.map(({ vpcEndpointId }) => vpcEndpointId) } },
    }),
  ];
  if (open.length > 0) {
    statements.push(new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: ['execute-api:Invoke'],
      resources: open.map((methodAndPath) => `execute-api:/*/${methodAndPath}`),
    }));
  }
  return new iam.PolicyDocument({ statements });
}
