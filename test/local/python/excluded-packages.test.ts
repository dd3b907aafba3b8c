import * as fs from 'node:fs';
import * as path from 'node:path';
import { FILES, handler, pythonProject, synthPython } from './support';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { assetOf } from '../../../lib/local/assembly/synthesized-api';
import { pythonAsset } from '../../../lib/local/python/python-asset';
import { writeFiles } from '../../support/project';

test('an excluded package that comes with Lambda can be imported at synthesis and by local commands', () => {
  const { root, wheels } = pythonProject({ 'api/users.py': handler('boto3.NAME', 'import boto3') });
  const lines = [wheels.publish('boto3', { 'boto3.py': 'NAME = "boto3"\n' }), wheels.publish('greeting', { 'greeting.py': 'TEXT = "hello"\n' })];
  writeFiles(root, { 'requirements.txt': wheels.lock(...lines), 'api/orders.py': FILES['api/orders.py'] });
  const [api] = findApis(synthPython(root, { excludePackages: ['boto3'] }));
  const { packages, close } = pythonAsset(api, {});
  expect(fs.existsSync(path.join(packages!, 'boto3.py'))).toBe(true);
  expect(fs.existsSync(path.join(packages!, 'greeting.py'))).toBe(true);
  expect(fs.existsSync(path.join(assetOf(api), 'boto3.py'))).toBe(false);
  close();
});
