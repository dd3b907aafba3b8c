import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { helpOfWarning } from './help';

/** Adds a warning that ends with a link to its entry in the troubleshooting guide. Users acknowledge it with `cdk-lazy-api:` and the ID. */
export function warn(scope: IConstruct, id: string, text: string): void {
  const link = helpOfWarning(id);
  // CDK prints the ID right after the text, so a one-line warning stays on one line.
  const linked = text.includes('\n') ? `${text.trimEnd()}\nSee ${link}` : `${text}; see ${link}`;
  Annotations.of(scope).addWarningV2(`cdk-lazy-api:${id}`, linked);
}
