import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { AuthorizationSpec } from './api-authorization';
import type { RoutesAtStage } from './gateway-api';
import { warn } from '../private/warn';

/** A route's path in an ARN. The wildcard matches any text, including slashes. */
export function arnPath(path: string): string {
  return path.replace(/\{[^}]*\}/g, '*');
}

/** Allows a principal to call an API that has no other routes. */
export function grantApi(scope: IConstruct, grantee: IGrantable, served: RoutesAtStage): Grant {
  return grantPaths(scope, grantee, served, ['/*']);
}

/** Allows a principal to call these routes, and no other routes of the same API. */
export function grantRoutes(scope: IConstruct, grantee: IGrantable, served: RoutesAtStage): Grant {
  return grantPaths(scope, grantee, served, arnPaths(served.routes.map(({ path }) => path)));
}

function grantPaths(scope: IConstruct, grantee: IGrantable, { api, stageName, routes }: RoutesAtStage, paths: readonly string[]): Grant {
  warnWithoutIam(scope, routes.map(({ authorization }) => authorization.kind));
  const resourceArns = paths.map((path) => api.arnForExecuteApi('*', path, stageName));
  return Grant.addToPrincipal({ grantee, actions: ['execute-api:Invoke'], resourceArns });
}

/** The paths of the routes in ARNs, without paths that another one covers. */
function arnPaths(paths: readonly string[]): string[] {
  const all = [...new Set(paths.map(arnPath))];
  const covers = (wide: string, narrow: string) => wide !== narrow && wide.endsWith('/*') && narrow.startsWith(wide.slice(0, -1));
  return all.filter((path) => !all.some((other) => covers(other, path)));
}

/** Warns if no route uses IAM authorization, so a grant has no effect. */
export function warnWithoutIam(scope: IConstruct, authorizations: ReadonlyArray<AuthorizationSpec['kind']>): void {
  if (authorizations.includes('iam')) return;
  warn(
    scope,
    'grantWithoutIam',
    `grantInvoke has no effect: no router uses IAM authorization, got ${[...new Set(authorizations)].join(', ')}`,
  );
}
