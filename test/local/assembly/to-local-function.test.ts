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

test('a function is as its template declares it', () => {
  const { fn, notes } = planOf(() => ({ functionName: 'shop', memorySize: 256, timeout: Duration.seconds(5), environment: { STAGE: 'test' } }), {}, 'eu-central-1');
  expect(fn).toMatchObject({ name: 'shop', handler: 'index.handler', memoryMb: 256, timeoutMs: 5000, environment: { STAGE: 'test' }, region: 'eu-central-1' });
  expect(notes).toEqual([]);
});

test('the variables and the region of the user win', () => {
  const { fn, standIns } = planOf((stack) => ({ environment: { STAGE: 'test', REGION: stack.region, TABLE: new CfnParameter(stack, 'Table').valueAsString } }), { variables: { TABLE: 'local', MORE: 'x' }, region: 'us-west-2' });
  expect(fn.environment).toMatchObject({ STAGE: 'test', REGION: 'us-west-2', TABLE: 'local', MORE: 'x' });
  expect(standIns).toEqual([]);
});

test('numbers that only deployment knows are those that synthesis plans with', () => {
  const { fn, notes } = planOf((stack) => ({ memorySize: new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber }));
  expect(fn).toMatchObject({ memoryMb: 1024, region: 'us-east-1' });
  expect(notes).toEqual(['the memory size is available only after deployment: 1024 MB is used']);
});

test('the memory size of the user wins, also over one that only deployment knows', () => {
  const { fn, notes } = planOf((stack) => ({ memorySize: new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber }), { memoryMb: 128 });
  expect(fn.memoryMb).toBe(128);
  expect(notes).toEqual([]);
});
