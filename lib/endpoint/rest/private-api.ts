import type { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { methodsOfAny } from './method-settings';
import { LazyApiError } from '../../private/errors';
import { arnPath } from '../grant';
import type { EndpointRoute } from '../route-plan';

/**
 * A resource policy has at most 8192 characters. The rest of the policy needs some of them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const MOST_CHARACTERS = 7500;

/** What a private API allows, and for whom. */
export interface PrivateApi {
  readonly stageName: string;
  readonly routes: readonly EndpointRoute[];
  /** Whether API Gateway responds to preflight requests. */
  readonly preflight: boolean;
}

/**
 * Who can call a private API: callers that use its VPC endpoints.
 *
 * The policy does not allow routes with IAM or Lambda authorization. Within an account, either policy is enough, so allowing them here
 * would admit callers that the other policy does not allow. It allows all other routes, because otherwise no caller could reach them.
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

/** In a policy, `*` also matches slashes, so a statement for one router must not cover another router that has its own policy. */
export function checkPrivateApi(api: PrivateApi): void {
  for (const open of api.routes.filter(needsAllowance)) {
    const closed = api.routes.find((route) => !needsAllowance(route) && covers(open.path, route.path));
    if (closed) {
      throw policyError(`would have to allow "${open.path}" of "${open.prefixes[0]}", which covers "${closed.path}" of "${closed.prefixes[0]}" `
        + 'with IAM or Lambda authorization; give both the same authorization, or prefixes that do not overlap');
    }
  }
  const length = JSON.stringify(allowedResources(api)).length;
  if (length > MOST_CHARACTERS) {
    throw policyError(`would need ${length} characters for the routes that are public or require a user pool token, `
      + `but at most ${MOST_CHARACTERS} are allowed; give all routers the same authorization, or divide them into several APIs`);
  }
}

function policyError(why: string): LazyApiError {
  return new LazyApiError('PRIVATE_ROUTES', `vpcEndpoints: the resource policy of a private API ${why}`);
}

function needsAllowance({ authorization: { kind } }: EndpointRoute): boolean {
  return kind === 'none' || kind === 'cognito';
}

/** The stage and the method are explicit, because a `*` in their place could match part of the path, which callers choose. */
function allowedResources({ stageName, routes, preflight }: PrivateApi): string[] {
  const open = routes.filter(needsAllowance);
  if (open.length === routes.length) return ['execute-api:/*'];
  const paths = open.map(({ path }) => arnPath(path));
  return [
    ...paths.flatMap((path) => methodsOfAny(preflight).map((method) => `execute-api:/${stageName}/${method}${path}`)),
    ...preflight ? [`execute-api:/${stageName}/OPTIONS/*`] : [],
  ];
}

/**
 * Whether requests to a closed route may match the allowance for an open route. A variable at the end of the open route matches only paths below it.
 */
function covers(open: string, closed: string): boolean {
  const [openStart, closedStart] = [open, closed].map((path) => path.split('{')[0]);
  if (openStart === open) return false;
  const isOpenWithin = open.indexOf('}') < open.length - 1;
  return closedStart.startsWith(openStart) || (isOpenWithin && openStart.startsWith(closedStart));
}
