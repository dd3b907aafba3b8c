import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** A rule that the API breaks on purpose. */
export interface Acknowledgement {
  /** The construct, below the stack. */
  readonly path: string;
  readonly ids: readonly string[];
  readonly reason: string;
}

export const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
];

export function acknowledge(stack: IConstruct): void {
  for (const { path, ids, reason } of ACKNOWLEDGEMENTS) {
    const construct = path.split('/').reduce((scope, id) => scope.node.findChild(id), stack);
    for (const id of ids) Validations.of(construct).acknowledge({ id, reason });
  }
}
