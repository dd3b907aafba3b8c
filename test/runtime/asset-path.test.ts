import { assetPath } from '../../lib/runtime/asset-path';

const before = process.env.LAMBDA_TASK_ROOT;

afterEach(() => {
  if (before === undefined) delete process.env.LAMBDA_TASK_ROOT;
  else process.env.LAMBDA_TASK_ROOT = before;
});

test('is below the root of the asset in Lambda', () => {
  process.env.LAMBDA_TASK_ROOT = '/var/task';
  expect(assetPath('templates/a.html')).toBe('/var/task/templates/a.html');
});

test('is below the working directory elsewhere', () => {
  delete process.env.LAMBDA_TASK_ROOT;
  expect(assetPath('templates/a.html')).toBe(`${process.cwd()}/templates/a.html`);
});
