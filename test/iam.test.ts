import { examples, Resource, synthesise } from './support/examples';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** The permissions of the API function's role in an example, with a line for each action and resource. */
function permissionsOf(name: string): string[] {
  return Object.values(synthesise(name).templates).flatMap(({ Resources }) => {
    const role = roleOf(Resources);
    const grants = Object.values(Resources).filter(({ Type, Properties }) => /^AWS::IAM::(Managed)?Policy$/.test(Type) && JSON.stringify(Properties.Roles ?? []).includes(`"${role}"`));
    const statements = grants.flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[]);
    const managed = [Resources[role].Properties.ManagedPolicyArns ?? []].flat().map((arn: unknown) => `managed policy ${text(arn)}`);
    return [...managed, ...statements.flatMap(lines)].sort();
  });
}

/** The handlers of functions whose code the library builds, by language. */
const HANDLERS = ['index.handler', 'lazy_api_index.handler'];

/** The role of the function whose code the library bundles. */
function roleOf(resources: { readonly [id: string]: Resource }): string {
  const [api] = Object.values(resources).filter(({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties.LoggingConfig?.LogFormat === 'JSON' && HANDLERS.includes(Properties.Handler as string));
  return api.Properties.Role['Fn::GetAtt'][0];
}

function lines({ Effect, Action, Resource: resource, Condition }: Statement): string[] {
  const condition = Condition ? ` if ${JSON.stringify(Condition)}` : '';
  return [Action].flat().flatMap((action) => [resource].flat().map((on) => `${Effect} ${action} on ${text(on)}${condition}`));
}

/** A CloudFormation value as it would be written in a template. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument]] = Object.entries(value as Record<string, unknown>);
  if (name === 'Ref') return `\${${argument as string}}`;
  if (name === 'Fn::GetAtt') return `\${${(argument as string[]).join('.')}}`;
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map(text).join((argument as [string])[0]);
  return JSON.stringify(value);
}

test.each(examples)('the function of %s has exactly these permissions', (name) => {
  const permissions = permissionsOf(name);
  expect(permissions.length).toBeGreaterThan(0);
  expect(permissions).toMatchSnapshot();
});
