import { LocalEndpoint, NO_ENDPOINT } from './local-endpoint';
import { readCors } from './read-cors';
import { Properties, refersTo, resourcesOf, Template } from '../assembly/template';

interface UrlProperties {
  readonly TargetFunctionArn: unknown;
  readonly AuthType: string;
  readonly InvokeMode?: string;
  readonly Cors?: Properties;
}

export function readFunctionUrl(template: Template, targets: ReadonlySet<string>): LocalEndpoint | undefined {
  const url = resourcesOf<UrlProperties>(template, 'AWS::Lambda::Url').find(([, { TargetFunctionArn: target }]) => refersTo(target, targets));
  if (!url) return undefined;
  const [, { AuthType: auth, InvokeMode: mode, Cors: cors }] = url;
  return {
    ...NO_ENDPOINT,
    kind: 'function-url',
    streaming: mode === 'RESPONSE_STREAM',
    authorization: { kind: auth === 'AWS_IAM' ? 'iam' : 'none' },
    cors: readCors(cors),
  };
}
