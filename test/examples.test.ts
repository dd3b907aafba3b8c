import * as fs from 'fs';
import * as path from 'path';
import { EXAMPLES, examples, synthesise } from './support/examples';

test.each(examples)('%s synthesises, by the package\'s own name', (name) => {
  const { status, stderr, templates } = synthesise(name);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(Object.keys(templates)).toHaveLength(1);
});

test.each(examples)('%s explains itself, and its app fits on a page', (name) => {
  expect(fs.readFileSync(path.join(EXAMPLES, name, 'README.md'), 'utf8').length).toBeGreaterThan(200);
  expect(fs.readFileSync(path.join(EXAMPLES, name, 'app.ts'), 'utf8').trim().split('\n').length).toBeLessThanOrEqual(20);
});
