import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/**
 * By language: the tools that it needs, with arguments that succeed if the tool is installed; jsii-pacmak's name for the language; and how to install
 * the packages of the app. `install` returns environment variables for the CDK CLI. `apps` has the commands of other apps than that of cdk.json, by
 * their stacks.
 */
export const LANGUAGES = {
  typescript: { target: 'js', tools: { npm: ['--version'] }, install: installTypeScript, apps: { FastApiNotes: 'npx tsx bin/fastapi-app.ts' } },
  python: { target: 'python', tools: { python3: ['-c', 'import ensurepip, venv'] }, install: installPython, apps: { FastApiNotes: 'python3 fastapi_app.py' } },
  java: { target: 'java', tools: { java: ['-version'], mvn: ['--version'] }, install: installJava },
  // The app compiles the code.
  go: { target: 'go', tools: { go: ['version'] }, codeOnly: true, install: installGo },
  csharp: { target: 'dotnet', tools: { dotnet: ['--version'] }, install: installCSharp },
};

function installTypeScript({ app, packages, cdkVersion }) {
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', packageIn(packages, '.tgz'), `aws-cdk-lib@${cdkVersion}`], { cwd: app });
}

function installPython({ app, packages, kept, cdkVersion }) {
  const venv = join(kept, 'venv');
  const bin = join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');
  if (!existsSync(bin)) run('python3', ['-m', 'venv', venv], { cwd: app });
  const pip = (...args) => run(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', ...args], { cwd: app });
  const wheel = packageIn(packages, '.whl');
  // The version of the wheel is always 0.0.0, so pip would keep the package of the previous run.
  pip('--force-reinstall', '--no-deps', wheel);
  pip('--requirement', 'requirements.txt', wheel, `aws-cdk-lib==${cdkVersion}`);
  return { PATH: `${bin}${delimiter}${process.env.PATH}` };
}

function installJava({ app, kept, cdkVersion }) {
  mkdirSync(join(app, '.mvn'));
  const options = [`-Dmaven.repo.local=${mavenRepository(kept)}`, `-Daws-cdk-lib.version=${cdkVersion}`, '-Dcdk-lazy-api.version=0.0.0'];
  writeFileSync(join(app, '.mvn', 'maven.config'), `${options.join('\n')}\n`);
}

/** jsii-pacmak installs the package there. */
export function mavenRepository(kept) {
  return join(kept, 'm2');
}

function installGo({ app, packages }) {
  run('go', ['mod', 'edit', `-replace=github.com/cdk-lazy-api/cdk-lazy-api-go/cdklazyapi=${join(packages, 'cdklazyapi')}`], { cwd: app });
  run('go', ['mod', 'tidy'], { cwd: app });
}

function installCSharp({ app, packages, kept, cdkVersion }) {
  // NuGet keeps packages by their version, which is always 0.0.0.
  const NUGET_PACKAGES = join(kept, 'nuget');
  rmSync(join(NUGET_PACKAGES, 'cdklazyapi'), { recursive: true, force: true });
  run('dotnet', ['new', 'nugetconfig'], { cwd: app });
  run('dotnet', ['nuget', 'add', 'source', packages], { cwd: app });
  run('dotnet', ['add', 'src/NotesApi', 'package', 'Amazon.CDK.Lib', '--version', cdkVersion], { cwd: app, env: { NUGET_PACKAGES } });
  return { NUGET_PACKAGES };
}

/** jsii-pacmak writes one package for each language. */
function packageIn(folder, ending) {
  return join(folder, readdirSync(folder).find((name) => name.endsWith(ending)));
}
