/** Packages that the asset does not have, because they come with Lambda. */
import { backend, built, handlerModule, indexOf, python } from './python-project';
import { describeBuild } from '../../../lib/routers/asset/manifest';
import { Verify } from '../../../lib/routers/verification/verify';
import { scratch, writeFiles } from '../../support/project';

test('routers that import them are verified and planned, and the packages have no size', () => {
  const hostDirectory = scratch();
  writeFiles(hostDirectory, { 'boto3/__init__.py': 'import botocore.session\n', 'botocore/__init__.py': '', 'botocore/session.py': '' });
  const installer = { key: () => 'lock', install: () => ({ files: [], distributions: [], hostDirectory, missingOnHost: [], warnings: [] }) };
  const files = { 'db.py': 'import boto3\n', 'api/orders.py': handlerModule('orders', 'import db'), 'api/users.py': handlerModule('users', 'import db') };
  const build = built(python(backend(files), { tools: { installer } }), { memoryMb: 1769 });
  const { kinds } = Verify.atSynth()._verify(build, { environment: {}, standIns: [], eventSource: 'HTTP API' });
  expect([...kinds.keys()]).toEqual(['/api/orders', '/api/users']);
  expect(indexOf(build)).toContain('        "db",\n');
  const { sharedChunks } = describeBuild(build, new Map(), 0);
  expect(sharedChunks.map(({ file, bytes }) => [file, bytes])).toEqual([['boto3', 0], ['botocore', 0], ['db.py', 13]]);
});
