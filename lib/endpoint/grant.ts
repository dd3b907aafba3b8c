import { Annotations } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { AuthorizationSpec } from './api-authorization';

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
