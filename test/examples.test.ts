import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { lazyApi, NODE } from './cli/support';
import { EXAMPLES, examples, synthesise } from './support/examples';

test.each(examples)('%s synthesizes, and imports the package by its own name', (name) => {
  const { status, stderr, templates } = synthesise(name);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(Object.keys(templates)).toHaveLength(1);
});

test.each(examples)('%s has a README, and its app has at most 20 lines', (name) => {
  expect(fs.readFileSync(path.join(EXAMPLES, name, 'README.md'), 'utf8').length).toBeGreaterThan(200);
  expect(fs.readFileSync(path.join(EXAMPLES, name, 'app.ts'), 'utf8').trim().split('\n').length).toBeLessThanOrEqual(20);
});

test('the demo ends with a command that serves the example, and with a URL that responds', () => {
  const { outdir } = synthesise('clinic-api');
  const program = `
    import { readFileSync } from 'node:fs';
    import { nextStep } from './demo/next-step.mjs';
    console.log(nextStep(${JSON.stringify(path.dirname(outdir))}, JSON.parse(readFileSync('requests.json', 'utf8'))));`;
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: path.join(EXAMPLES, 'clinic-api'), encoding: 'utf8' });
  const [, app] = /npx lazy-api dev --app (.+)$/m.exec(text)!;
  expect(path.resolve(EXAMPLES, 'clinic-api', app)).toBe(outdir);
  const { pathname, search } = new URL(/http:\S+$/m.exec(text)![0]);
  const { code, stdout } = lazyApi(['invoke', `${pathname}${search}`, '--app', outdir, '--node', NODE]);
  expect({ code, body: typeof JSON.parse(stdout) }).toEqual({ code: 0, body: 'object' });
});
