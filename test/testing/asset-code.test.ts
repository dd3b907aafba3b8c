import { Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NODE } from '../../lib/local/node/node-language';
import { assetCode } from '../../lib/testing/asset-code';
import { newApi, newApp } from '../support/app';
import { scratch } from '../support/project';

const FOUND = { notes: [], command: () => ({ command: 'node', args: [], environment: {} }) };

test('an asset runs on the runtime that its assembly states, and without an assembly on the newest one', () => {
  const find = jest.spyOn(NODE, 'findRuntime').mockReturnValue(FOUND);
  const app = newApp();
  const { assetPath } = newApi({ runtime: Runtime.NODEJS_22_X }, new Stack(app, 'Shop'));
  app.synth();
  for (const asset of [assetPath!, scratch()]) expect(assetCode(asset, {}).handler).toBe('index.handler');
  expect(find.mock.calls.map(([runtime]) => runtime)).toEqual(['nodejs22.x', 'nodejs24.x']);
});
