// Builds a release of the committed HEAD in a temporary clone, as the job `release` of release.yml does, and checks what would be published.
// Publishes, tags, and pushes nothing. Does not run the tests, and does not compile the bindings for Java, .NET, and Go.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { generatedProblems, pythonProblems } from './release/bindings.mjs';
import { npmPackageProblems } from './release/npm-package.mjs';
import { pythonRuntimeProblems } from './release/python-runtime.mjs';

const clone = join(realpathSync(mkdtempSync(join(tmpdir(), 'release-'))), 'clone');
const dist = (...names) => join(clone, 'dist', ...names);
const text = (...names) => readFileSync(join(clone, ...names), 'utf8').trim();
const git = (...args) => execFileSync('git', args, { cwd: existsSync(clone) ? clone : '.', encoding: 'utf8' }).trim();

try {
  cloneHead();
  const released = git('tag', '--list', 'v*') !== '';
  const previous = released ? git('describe', '--tags', '--abbrev=0', '--match', 'v*') : 'v0.0.0';
  runSteps(released);
  const version = text('dist/version.txt');
  const problems = [...versionProblems(version, previous), ...packageProblems(version)];
  step('restore the version', 'npx', 'projen', 'unbump');
  problems.push(...git('diff', '--name-only').split('\n').filter(Boolean).map((file) => `the release changes ${file}`));
  printTable(version);
  for (const problem of problems) console.error(`PROBLEM: ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(join(clone, '..'), { recursive: true, force: true });
}

function cloneHead() {
  const changed = git('status', '--porcelain').split('\n').filter(Boolean).length;
  if (changed > 0) console.log(`${changed} uncommitted files are not part of this release`);
  git('clone', '--quiet', '--shared', '.', clone);
  // Nothing can be pushed by mistake.
  git('remote', 'remove', 'origin');
  linkPackages();
}

/** Hard links, or copies if the temporary folder is on another file system. npm does not pack bundled dependencies from a symbolic link. */
function linkPackages() {
  const packages = join(clone, 'node_modules');
  try {
    execFileSync('cp', ['-al', 'node_modules', packages], { stdio: 'ignore' });
  } catch {
    rmSync(packages, { recursive: true, force: true });
    execFileSync('cp', ['-R', 'node_modules', packages]);
  }
}

/** The steps of `projen release`, without the tests, and with only the generated code for languages that take minutes to compile. */
function runSteps(released) {
  step('version and changelog', 'npx', 'projen', 'bump');
  step('project files', 'npx', 'projen', 'default');
  step('compile', 'npx', 'projen', 'compile');
  console.log(released ? 'the API is compared with the last release' : 'no release yet: the API is compared with .ci/released-api');
  step('API', 'npx', 'projen', 'api:check');
  step('packages for npm and PyPI', 'npx', 'jsii-pacmak', '--targets', 'js', 'python');
  step('Python runtime for PyPI', 'npx', 'projen', 'package:python-runtime');
  step('code for Java, .NET, and Go', 'npx', 'jsii-pacmak', '--code-only', '--targets', 'java', 'dotnet', 'go');
  step('bill of materials', 'npx', 'projen', 'sbom');
  step('publib for npm', 'node_modules/.bin/publib-npm');
}

/** Runs a command in the clone, and prints its output if it fails. */
function step(name, command, ...args) {
  const start = Date.now();
  const env = { ...process.env, CI: 'true', RELEASE: 'true', PROJEN_DISABLE_POST: 'true', PUBLIB_DRYRUN: 'true', NPM_TRUSTED_PUBLISHER: 'true', NPM_DIST_TAG: 'latest' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: clone, env, encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`${name} failed:\n${stdout}\n${stderr}`);
  console.log(`${name}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

function versionProblems(version, previous) {
  const changelog = text('dist/changelog.md');
  const { component } = JSON.parse(text('dist/sbom.cdx.json')).metadata;
  const newer = version.localeCompare(previous.slice(1), 'en', { numeric: true }) > 0;
  // If HEAD has a tag, the release workflow builds the same version again and does not publish it.
  const released = git('tag', '--points-at', 'HEAD').split('\n').includes(`v${version}`);
  return [
    ...(newer || released ? [] : [`version ${version} is not newer than ${previous}`]),
    ...(text('dist/releasetag.txt') === `v${version}` ? [] : ['dist/releasetag.txt does not name the version']),
    ...(JSON.parse(text('package.json')).version === version ? [] : ['package.json does not have the version']),
    ...(component.version === version ? [] : [`the bill of materials has version ${component.version}`]),
    ...(changelog.split('\n')[0].includes(version) ? [] : ['dist/changelog.md does not begin with the version']),
    ...(/^\* /m.test(changelog) ? [] : ['dist/changelog.md lists no change']),
  ];
}

function packageProblems(version) {
  const manifest = JSON.parse(text('package.json'));
  const module = manifest.name.replaceAll('-', '_');
  return [
    ...npmPackageProblems(clone, dist('js', `${manifest.name}@${version}.jsii.tgz`), version),
    ...pythonProblems(dist('python', `${module}-${version}-py3-none-any.whl`), dist('python', `${module}-${version}.tar.gz`), version, manifest),
    ...pythonRuntimeProblems(clone, dist('python'), version),
    ...generatedProblems(dist(), version, manifest),
  ];
}

function printTable(version) {
  const packages = ['js', 'python'].flatMap((language) => readdirSync(dist(language)).map((file) => join(language, file)));
  const entries = [...packages, 'java', 'dotnet', 'go', 'sbom.cdx.json', 'changelog.md'];
  const rows = entries.map((entry) => [statSync(dist(entry)).isDirectory() ? `${entry} (code)` : basename(entry), version, kilobytes(dist(entry))]);
  for (const [artifact, of, size] of [['artifact', 'version', 'size'], ...rows]) console.log(`${artifact.padEnd(40)} ${of.padEnd(10)} ${size.padStart(10)}`);
}

function kilobytes(path) {
  const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).map((file) => join(path, file)) : [path];
  return `${Math.round(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000).toLocaleString('en')} kB`;
}
