import { assetPath } from '../../lib/runtime/asset-path';

const before = process.env.LAMBDA_TASK_ROOT;

afterEach(() => {
  if (before === undefined) delete process.env.LAMBDA_TASK_ROOT;
  else process.env.LAMBDA_TASK_ROOT = before;
});

test('in Lambda, the path is below the root of the asset', () => {
  process.env.LAMBDA_TASK_ROOT = '/var/task';
  expect(assetPath('templates/a.html')).toBe('/var/task/templates/a.html');
});

test('outside of Lambda, the path is below the working directory', () => {
  delete process.env.LAMBDA_TASK_ROOT;
  expect(assetPath('templates/a.html')).toBe(`${process.cwd()}/templates/a.html`);
});
