import * as fs from 'node:fs';
import * as path from 'node:path';
import { OTHER, pythonProject, RUNTIME, synthPython } from './support';
import { findApis } from '../../../lib/local/assembly/find-apis';
import { pythonAsset } from '../../../lib/local/python/python-asset';
import { toVerifiablePython } from '../../../lib/local/python/to-verifiable';
import { codeOfApi } from '../../../lib/local/verify/find-code';

test('packages for another machine are used with a warning if the lock file or the project is gone', () => {
  const { root } = pythonProject();
  const [api] = findApis(synthPython(root, { architecture: OTHER }));
  const told = () => [pythonAsset(api, {}).notes, toVerifiablePython(codeOfApi(api, {}), {}).warnings];
  const start = `the packages in the asset are for ${RUNTIME.name} on ${OTHER.name}`;
  expect(told()).toEqual([[`${start}: the versions of the lock file for this machine are used`], []]);
  const warning = `${start}, and the lock file is not where it was at synthesis`;
  fs.rmSync(path.join(root, 'requirements.txt'));
  expect(told()).toEqual([[warning], [warning]]);
  fs.rmSync(root, { recursive: true });
  expect(told()).toEqual([[warning], [warning]]);
}, 60_000);
