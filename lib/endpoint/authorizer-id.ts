import { createHash } from 'crypto';
import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Named by what it is, so that another authorizer, wherever its router sorts, does not replace it. */
export function authorizerId(scope: IConstruct, kind: string, props: object): string {
  const content = JSON.stringify(Stack.of(scope).resolve(props));
  return `${kind}Authorizer${createHash('sha256').update(content).digest('hex').slice(0, 8)}`;
}

/** An API has no two authorizers of one name, and another function may have put the same one there. */
export function authorizerName(scope: IConstruct, id: string): string {
  return `${id}-${scope.node.addr.slice(-8)}`;
}
