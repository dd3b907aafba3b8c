import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { scratch } from './support/project';

const EXAMPLES = path.join(__dirname, '../examples');
const examples = fs.readdirSync(EXAMPLES).filter((name) => fs.existsSync(path.join(EXAMPLES, name, 'app.ts')));

test.each(examples)('%s synthesises, by the package\'s own name', (name) => {
  const outdir = path.join(scratch(), 'cdk.out');
  const { status, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', path.join(EXAMPLES, name, 'app.ts')], {
    cwd: path.join(EXAMPLES, name),
    encoding: 'utf8',
    env: { ...process.env, CDK_OUTDIR: outdir, TS_NODE_PROJECT: path.join(EXAMPLES, 'tsconfig.json') },
  });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(fs.readdirSync(outdir).filter((file) => file.endsWith('.template.json'))).toHaveLength(1);
});

test.each(examples)('%s explains itself, and its app fits on a page', (name) => {
  expect(fs.readFileSync(path.join(EXAMPLES, name, 'README.md'), 'utf8').length).toBeGreaterThan(200);
  expect(fs.readFileSync(path.join(EXAMPLES, name, 'app.ts'), 'utf8').trim().split('\n').length).toBeLessThanOrEqual(20);
});
