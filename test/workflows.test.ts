import { execFileSync, execSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { parse } from 'yaml';
import { somePython } from './support/python-tools';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
  readonly with?: Record<string, string | boolean>;
}

interface Job {
  readonly permissions?: Record<string, string>;
  readonly environment?: string;
  readonly steps: Step[];
}

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly env?: Record<string, string>;
  readonly permissions?: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const ROOT = path.join(__dirname, '..');
const WORKFLOWS = path.join(ROOT, '.github/workflows');
const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8');

const workflows: Workflow[] = fs.readdirSync(WORKFLOWS).map((file) => parse(read(`.github/workflows/${file}`)));
const jobs = Object.fromEntries(workflows.flatMap((workflow) => Object.entries(workflow.jobs)));
const steps = Object.values(jobs).flatMap((job) => job.steps);
const scripts = steps.flatMap(({ run }) => run ?? []);
const manifest = JSON.parse(read('package.json'));
const locked = JSON.parse(read('package-lock.json')).packages;
const { tasks } = JSON.parse(read('.projen/tasks.json'));

const BY_TOKEN = ['release_maven', 'release_golang'];
const BY_IDENTITY = ['release_npm', 'release_pypi', 'release_nuget'];
const publishing = [...BY_TOKEN, ...BY_IDENTITY];

/** The commands of a job, without those that pass files to other jobs. */
const commands = (job: string) => jobs[job].steps.flatMap(({ run }) => run ?? []).filter((run) => !run.includes('permissions-backup'));
const release = (job: string) => jobs[job].steps.find(({ run }) => run?.includes('publib-'))!;
const secrets = (part: unknown) => [...new Set([...JSON.stringify(part).matchAll(/secrets\.(\w+)/g)].map(([, name]) => name))].sort();

describe('what the workflows run', () => {
  test('every action is pinned to a commit', () => {
    expect(steps.flatMap(({ uses }) => uses ?? []).filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  test('npm installs only what package-lock.json contains', () => {
    const installs = scripts.filter((script) => /\b(npm|yarn|pnpm) /.test(script));
    expect(installs.length).toBeGreaterThan(0);
    expect(installs.filter((script) => !/^(cd \.repo && )?npm ci( --ignore-scripts)?$/.test(script))).toEqual([]);
  });

  test('npx runs only what package-lock.json contains, and downloads nothing', () => {
    expect(workflows.map(({ env }) => env?.NPM_CONFIG_YES)).toEqual(workflows.map(() => 'false'));
    const tools = scripts.flatMap((script) => [...script.matchAll(/\bnpx (.*)/g)].map(([, command]) => command.split(' ')[0]));
    expect([...new Set(tools)]).toEqual(['projen']);
    expect(locked['node_modules/projen'].integrity).toMatch(/^sha512-/);
  });

  test('publib is pinned by version and hash', () => {
    const { version, integrity } = locked['node_modules/publib'] ?? {};
    expect({ version, integrity }).toEqual({ version: manifest.devDependencies.publib, integrity: expect.stringMatching(/^sha512-/) });
  });

  test('pip installs only packages with a hash, and publib downloads nothing else', () => {
    const withPip = publishing.filter((job) => jobs[job].steps.some(({ run }) => run?.includes('pip install')));
    expect(withPip).toEqual(['release_pypi', 'release_nuget']);
    expect(scripts.filter((script) => script.includes('pip install') && !/ --require-hashes -r \.repo\/\.github\/requirements\.txt$/.test(script))).toEqual([]);
    expect(withPip.map((job) => release(job).env?.PIP_NO_INDEX)).toEqual(['1', '1']);
    // The packages that publib installs with pip.
    expect(read('.github/requirements.txt').match(/^[\w-]+(?===.* \\$)/gm)).toEqual(expect.arrayContaining(['id', 'pypi-attestations', 'twine']));
  });

  test('no script contains a GitHub expression', () => {
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });
});

describe('what the workflows may do', () => {
  test('every job lists its permissions, and has only those that it needs', () => {
    const reads = { contents: 'read' };
    const publishes = { 'contents': 'read', 'id-token': 'write' };
    expect(workflows.map(({ permissions }) => permissions)).toEqual(workflows.map(() => reads));
    expect(Object.fromEntries(Object.entries(jobs).map(([name, { permissions }]) => [name, permissions]))).toEqual({
      'build': reads,
      'languages': reads,
      'python-3-11': reads,
      'python-3-12': reads,
      'python-3-13': reads,
      'python-3-14': reads,
      'package-java': reads,
      'package-python': reads,
      'package-dotnet': reads,
      'package-go': reads,
      'release': reads,
      'release_npm': publishes,
      'release_pypi': publishes,
      'release_nuget': publishes,
      'release_maven': reads,
      'release_golang': reads,
      'release_attest': { 'attestations': 'write', 'id-token': 'write' },
      'release_github': { contents: 'write' },
      'docs': reads,
      'docs_publish': { 'pages': 'write', 'id-token': 'write' },
    });
  });

  test('a pull request has no access to secrets and cannot push', () => {
    const reached = workflows.filter(({ on }) => Object.keys(on).some((event) => event.startsWith('pull_request')));
    expect(reached.flatMap(({ on }) => Object.keys(on))).toEqual(['pull_request', 'workflow_dispatch']);
    expect(reached.flatMap(secrets)).toEqual([]);
    expect(reached.flatMap(({ jobs: all }) => Object.values(all).flatMap(({ permissions }) => Object.values(permissions!))).filter((access) => access !== 'read')).toEqual([]);
    expect(reached.flatMap(({ jobs: all }) => Object.keys(all))).not.toContain('self-mutation');
  });

  test('no checkout stores a token on the disk', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    expect(checkouts.filter((checkout) => checkout.with?.['persist-credentials'] !== false)).toEqual([]);
  });
});

test('every job of the Python package runs every night', () => {
  const nightly = Object.entries(jobs).filter(([name]) => name.startsWith('python-')).flatMap(([, job]) => job.steps.flatMap(({ run }) => run ?? []));
  const program = 'import json, runpy; print(json.dumps(list(runpy.run_path("python/tests/run.py")["JOBS"])))';
  const all: string[] = JSON.parse(execFileSync(somePython().path, ['-c', program], { cwd: ROOT, encoding: 'utf8' }));
  expect(nightly.flatMap((command) => command.replace('python python/tests/run.py ', '').split(' ')).sort()).toEqual(all.sort());
  expect(workflows.filter((workflow) => 'python-3-13' in workflow.jobs).map(({ on }) => Object.keys(on))).toEqual([['schedule', 'workflow_dispatch']]);
});

test('the job that publishes the documentation runs no code of this repository', () => {
  expect(jobs.docs_publish.steps.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/deploy-pages']);
  expect(commands('docs')).toEqual(['npm ci --ignore-scripts', 'npx projen docs']);
});

describe('a release', () => {
  test('is tested and packaged for every language in one job without credentials', () => {
    const spawned = (task: string): string[] => (tasks[task].steps ?? []).flatMap(({ spawn }: { spawn?: string }) => spawn ? [spawn, ...spawned(spawn)] : []);
    expect(commands('release')).toContain('npx projen release');
    expect(spawned('release')).toEqual(expect.arrayContaining(['compile', 'test', 'package:js', 'package:java', 'package:python', 'package:dotnet', 'package:go', 'package:python-runtime', 'sbom']));
    expect(tasks.package.steps).toContainEqual({ spawn: 'package-all', condition: expect.stringContaining('RELEASE') });
    expect(secrets(jobs.release)).toEqual([]);
  });

  test.each(publishing)('%s runs only publib with its credential', (job) => {
    const registry = job.replace('release_', '');
    expect(commands(job).filter((command) => !command.includes('--require-hashes'))).toEqual([
      'cd .repo && npm ci --ignore-scripts',
      `.repo/node_modules/.bin/publib-${registry}`,
    ]);
    expect(jobs[job].environment).toBe(registry);
  });

  test('authenticates to npm, PyPI, and NuGet with the identity of its workflow', () => {
    expect(release('release_npm').env).toMatchObject({ NPM_TRUSTED_PUBLISHER: 'true' });
    expect(release('release_pypi').env).toMatchObject({ PYPI_TRUSTED_PUBLISHER: 'true' });
    expect(release('release_nuget').env).toMatchObject({ NUGET_TRUSTED_PUBLISHER: 'true' });
  });

  test('uses each secret only in the job of its registry', () => {
    const used = Object.entries(jobs).map(([name, job]) => [name, secrets(job)] as const).filter(([, names]) => names.length > 0);
    expect(Object.fromEntries(used)).toEqual({
      release_maven: ['MAVEN_GPG_PRIVATE_KEY', 'MAVEN_GPG_PRIVATE_KEY_PASSPHRASE', 'MAVEN_PASSWORD', 'MAVEN_STAGING_PROFILE_ID', 'MAVEN_USERNAME'],
      release_golang: ['GO_GITHUB_TOKEN'],
      // The name of an account, which NuGet's token service requires.
      release_nuget: ['NUGET_USERNAME'],
      release_github: ['GITHUB_TOKEN'],
    });
  });

  test('has attested provenance', () => {
    expect(release('release_npm').env).toMatchObject({ NPM_CONFIG_PROVENANCE: 'true' });
    expect(release('release_pypi').env).not.toHaveProperty('PYPI_DISABLE_ATTESTATIONS');
    expect(release('release_pypi').env).toHaveProperty('PYPI_TRUSTED_PUBLISHER');
    const [provenance] = (jobs.release_attest?.steps ?? []).filter(({ uses }) => uses?.startsWith('actions/attest@'));
    expect(`${provenance?.with?.['subject-path']}`.split('\n')).toEqual(['dist/js/*.tgz', 'dist/python/*', 'dist/java/**/*.jar', 'dist/dotnet/*.nupkg', 'dist/sbom.cdx.json']);
  });

  test('has a bill of materials that lists bundled packages and no development dependencies', () => {
    const [command, file] = tasks.sbom.steps[0].exec.split(' > ');
    const { metadata, components } = JSON.parse(execSync(command, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    const packages = components.map((component: { purl: string }) => component.purl);
    expect(metadata.component.purl).toBe(`pkg:npm/${manifest.name}@${manifest.version}`);
    expect(packages).toContain(`pkg:npm/esbuild-wasm@${manifest.dependencies['esbuild-wasm']}`);
    expect(packages.filter((name: string) => /\/(jest|projen|publib)@/.test(name))).toEqual([]);
    expect(commands('release_github')).toContainEqual(expect.stringMatching(`^gh release upload .* ${file} `));
    expect(jobs.release_attest.steps.map((step) => step.with?.['sbom-path'])).toContain(file);
  });
});
