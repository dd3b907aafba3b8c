import type { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { methodsOfAny } from './method-settings';
import { LazyApiError } from '../../private/errors';
import { arnPath } from '../grant';
import type { EndpointRoute } from '../route-plan';

/**
 * A resource policy has at most 8192 characters, of which the rest needs some.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const MOST_CHARACTERS = 7500;

/** What a private API allows and to whom. */
export interface PrivateApi {
  readonly stageName: string;
  readonly routes: readonly EndpointRoute[];
  /** Whether API Gateway answers preflight requests. */
  readonly preflight: boolean;
}

/**
 * Who may call a private API: those who come through its VPC endpoints.
 *
 * The policy does not allow routes that IAM or a Lambda authorizer authorises. Within an account either policy is enough, so allowing them here
 * would let in callers whom the other policy does not mention. It allows all other routes, because otherwise no caller could reach them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function privateApiPolicy(vpcEndpoints: readonly IVpcEndpoint[], api: PrivateApi): iam.PolicyDocument {
  const invoke = { principals: [new iam.AnyPrincipal()], actions: ['execute-api:Invoke'] };
  const allowed = allowedResources(api);
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        ...invoke,
        effect: iam.Effect.DENY,
        resources: ['execute-api:/*'],
        conditions: { StringNotEquals: { 'aws:SourceVpce': vpcEndpoints.map(({ vpcEndpointId }) => vpcEndpointId) } },
      }),
      ...allowed.length > 0 ? [new iam.PolicyStatement({ ...invoke, effect: iam.Effect.ALLOW, resources: allowed })] : [],
    ],
  });
}

/** In a policy `*` stands for slashes too, so an allowance for one router must not cover another that has its own policy. */
export function checkPrivateApi(api: PrivateApi): void {
  for (const open of api.routes.filter(needsAllowance)) {
    const closed = api.routes.find((route) => !needsAllowance(route) && covers(open.path, route.path));
    if (closed) {
      throw policyError(`would have to allow "${open.path}" of "${open.prefixes[0]}", which covers "${closed.path}" of "${closed.prefixes[0]}" `
        + 'with an authorization by policy (iam, lambdaAuthorizer); give both one authorization, or a prefix that is not below the other');
    }
  }
  const length = JSON.stringify(allowedResources(api)).length;
  if (length > MOST_CHARACTERS) {
    throw policyError(`would name the routes that are public or want tokens of a user pool in ${length} characters, `
      + `of which there may be ${MOST_CHARACTERS}; give all routers one authorization, or divide them into several APIs`);
  }
}

function policyError(why: string): LazyApiError {
  return new LazyApiError('PRIVATE_ROUTES', `vpcEndpoints: the resource policy of a private API ${why}`);
}

function needsAllowance({ authorization: { kind } }: EndpointRoute): boolean {
  return kind === 'none' || kind === 'cognito';
}

/** Stage and method are named: a `*` in their place could take a part of the path, which callers choose. */
function allowedResources({ stageName, routes, preflight }: PrivateApi): string[] {
  const open = routes.filter(needsAllowance);
  if (open.length === routes.length) return ['execute-api:/*'];
  const paths = open.map(({ path }) => arnPath(path));
  return [
    ...paths.flatMap((path) => methodsOfAny(preflight).map((method) => `execute-api:/${stageName}/${method}${path}`)),
    ...preflight ? [`execute-api:/${stageName}/OPTIONS/*`] : [],
  ];
}

/** Whether requests to a closed route may match an open one's allowance. A variable at its end takes only what lies below the open route. */
function covers(open: string, closed: string): boolean {
  const [openStart, closedStart] = [open, closed].map((path) => path.split('{')[0]);
  if (openStart === open) return false;
  const isOpenWithin = open.indexOf('}') < open.length - 1;
  return closedStart.startsWith(openStart) || (isOpenWithin && openStart.startsWith(closedStart));
}
