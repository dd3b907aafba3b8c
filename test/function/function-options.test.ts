import * as fs from 'fs';
import * as path from 'path';
import { gunzipSync } from 'zlib';
import { FUNCTION_OPTIONS } from '../../lib/function/function-options';

interface Assembly {
  readonly types: { readonly [fqn: string]: { readonly interfaces?: string[]; readonly properties?: ReadonlyArray<{ readonly name: string }> } };
}

/** Returns the members of a struct in a jsii assembly, including inherited members. */
function membersOf({ types }: Assembly, fqn: string): string[] {
  const { properties = [], interfaces = [] } = types[fqn];
  return [...properties.map(({ name }) => name), ...interfaces.flatMap((parent) => membersOf({ types }, parent))].sort();
}

test('FUNCTION_OPTIONS has an entry for every option of lambda.Function in this version of aws-cdk-lib', () => {
  const directory = path.dirname(require.resolve('aws-cdk-lib/package.json'));
  const assembly = JSON.parse(gunzipSync(fs.readFileSync(path.join(directory, '.jsii.gz'))).toString()) as Assembly;
  expect(Object.keys(FUNCTION_OPTIONS).sort()).toEqual(membersOf(assembly, 'aws-cdk-lib.aws_lambda.FunctionOptions'));
});

test('every refused option has a reason', () => {
  for (const treatment of Object.values(FUNCTION_OPTIONS)) {
    if (typeof treatment === 'object') expect(treatment.refuse.length).toBeGreaterThan(20);
  }
});
