import { Annotations } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { AuthorizationSpec } from './api-authorization';
import type { EndpointRoute } from './route-plan';

/** A route's path in an ARN. The wildcard matches any text, including slashes. */
export function arnPath(path: string): string {
  return path.replace(/\{[^}]*\}/g, '*');
}

/** Allows somebody to call these routes, and no others of the same API. */
export function grantRoutes(scope: IConstruct, grantee: IGrantable, routes: readonly EndpointRoute[], arnOf: (path: string) => string): Grant {
  const paths = arnPaths(routes.map(({ path }) => path));
  return grantExecuteApi(scope, grantee, paths.map(arnOf), routes.map(({ authorization }) => authorization.kind));
}

/** The paths of the routes in ARNs, without those that another one covers. */
function arnPaths(paths: readonly string[]): string[] {
  const all = [...new Set(paths.map(arnPath))];
  const covers = (wide: string, narrow: string) => wide !== narrow && wide.endsWith('/*') && narrow.startsWith(wide.slice(0, -1));
  return all.filter((path) => !all.some((other) => covers(other, path)));
}

/** Allows somebody to call the methods behind these ARNs; warns where no route asks for it, so that it would change nothing. */
export function grantExecuteApi(
  scope: IConstruct,
  grantee: IGrantable,
  resourceArns: string[],
  authorizations: ReadonlyArray<AuthorizationSpec['kind']>,
): Grant {
  warnWithoutIam(scope, authorizations);
  return Grant.addToPrincipal({ grantee, actions: ['execute-api:Invoke'], resourceArns });
}

export function warnWithoutIam(scope: IConstruct, authorizations: ReadonlyArray<AuthorizationSpec['kind']>): void {
  if (authorizations.includes('iam')) return;
  Annotations.of(scope).addWarningV2(
    'cdk-lazy-api:grantWithoutIam',
    `grantInvoke changes nothing: no router is authorised by IAM, but by ${[...new Set(authorizations)].join(', ')}`,
  );
}
