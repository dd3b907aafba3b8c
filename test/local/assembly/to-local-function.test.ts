import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { LazyApiFunctionProps } from '../../../lib';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { LocalFunctionOptions, toLocalFunction } from '../../../lib/local/assembly/to-local-function';
import { newApi, newApp } from '../../support/app';

function planOf(props: (stack: Stack) => Partial<LazyApiFunctionProps>, options: LocalFunctionOptions = {}, region?: string) {
  const app = newApp();
  const stack = new Stack(app, 'Shop', { env: { region } });
  newApi(props(stack), stack);
  return toLocalFunction(findApis(app.synth().directory)[0], options);
}

test('a function has the properties that its template declares', () => {
  const { fn, notes } = planOf(() => ({ functionName: 'shop', memorySize: 256, timeout: Duration.seconds(5), environment: { STAGE: 'test' } }), {}, 'eu-central-1');
  expect(fn).toMatchObject({ name: 'shop', handler: 'index.handler', memoryMb: 256, timeoutMs: 5000, environment: { STAGE: 'test' }, region: 'eu-central-1' });
  expect(notes).toEqual([]);
});

test('variables and a region in the options take precedence over the template', () => {
  const { fn, standIns } = planOf((stack) => ({ environment: { STAGE: 'test', REGION: stack.region, TABLE: new CfnParameter(stack, 'Table').valueAsString } }), { variables: { TABLE: 'local', MORE: 'x' }, region: 'us-west-2' });
  expect(fn.environment).toMatchObject({ STAGE: 'test', REGION: 'us-west-2', TABLE: 'local', MORE: 'x' });
  expect(standIns).toEqual([]);
});

test('a memory size that is available only after deployment is replaced by the one that synthesis plans with', () => {
  const { fn, notes } = planOf((stack) => ({ memorySize: new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber }));
  expect(fn).toMatchObject({ memoryMb: 1024, region: 'us-east-1' });
  expect(notes).toEqual(['the memory size is available only after deployment: 1024 MB is used']);
});

test('a memory size in the options takes precedence over one that is available only after deployment', () => {
  const { fn, notes } = planOf((stack) => ({ memorySize: new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber }), { memoryMb: 128 });
  expect(fn.memoryMb).toBe(128);
  expect(notes).toEqual([]);
});
