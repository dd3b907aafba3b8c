import * as fs from 'fs';
import * as path from 'path';
import { rememberedProject } from '../../../../lib/languages/javascript/node-modules/remembered-project';
import { scratch } from '../../../support/project';

const PROJECT = { files: { 'package.json': '{}' }, versions: new Map([['sharp', '1.0.0'], ['own', undefined]]) };

test('a project is described once for the same inputs', () => {
  const cache = path.join(scratch(), 'cache');
  const describeProject = jest.fn(() => PROJECT);
  expect(rememberedProject(cache, ['lock', 1], describeProject)).toEqual(PROJECT);
  expect(rememberedProject(cache, ['lock', 1], describeProject)).toEqual(PROJECT);
  expect(describeProject).toHaveBeenCalledTimes(1);
  rememberedProject(cache, ['lock', 2], describeProject);
  expect(describeProject).toHaveBeenCalledTimes(2);
});

test.each([
  ['changes', '{ "resolutions": {} }'],
  ['is deleted', undefined],
])('a project is described again if a file that it depends on %s', (_, text) => {
  const root = scratch();
  const manifest = path.join(root, 'package.json');
  fs.writeFileSync(manifest, '{}');
  const describeProject = jest.fn(() => ({ ...PROJECT, reads: [manifest] }));
  rememberedProject(root, [], describeProject);
  rememberedProject(root, [], describeProject);
  expect(describeProject).toHaveBeenCalledTimes(1);
  if (text === undefined) fs.rmSync(manifest);
  else fs.writeFileSync(manifest, text);
  rememberedProject(root, [], describeProject);
  expect(describeProject).toHaveBeenCalledTimes(2);
});

test('a project that cannot be described is not cached', () => {
  const cache = path.join(scratch(), 'cache');
  expect(() => rememberedProject(cache, [], () => { throw new Error('no entry'); })).toThrow('no entry');
  expect(fs.existsSync(cache)).toBe(false);
});
