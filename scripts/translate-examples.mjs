// Compiles the examples in doc comments, translates them to the other languages, and fails on an error. The translations go to .jsii.tabl.json.gz,
// where jsii-pacmak and Construct Hub find them. The README is left out: its own test compiles its blocks, and code of routers stays TypeScript.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const TABLET = '.jsii.tabl.json.gz';
const folder = mkdtempSync(join(tmpdir(), 'examples-'));
try {
  const { readme, ...assembly } = JSON.parse(gunzipSync(readFileSync('.jsii.gz')));
  writeFileSync(join(folder, '.jsii'), JSON.stringify(assembly));
  copyFileSync('package.json', join(folder, 'package.json'));
  for (const name of ['lib', 'node_modules', 'rosetta']) symlinkSync(join(process.cwd(), name), join(folder, name), 'junction');

  const rosetta = spawnSync(process.execPath, [join(process.cwd(), 'node_modules/jsii-rosetta/bin/jsii-rosetta'), 'extract', '--strict', '--compress-tablet', folder], { stdio: 'inherit' });
  process.exitCode = rosetta.status ?? 1;
  if (process.exitCode === 0) copyFileSync(join(folder, TABLET), TABLET);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
