import * as fs from 'fs';
import * as path from 'path';
import { InstallFailure, InstallJob, Installer, renderRequirements } from './installer';
import { IndexOptions, LockedRequirement, normalizeName } from '../requirements/requirement';
import { runTool, Tool } from '../run-tool';
import { LambdaTarget, platformTags, pythonTag } from '../target';

/** https://pip.pypa.io/en/stable/cli/pip_install/ */
export function pipInstaller(python: string): Installer {
  const pip: Tool = { title: 'pip', command: python, installation: 'install Python with pip' };
  return {
    title: 'pip',
    install(job) {
      const { requirements, indexes, into, scratch, project, target } = job;
      const file = path.join(scratch, 'requirements.txt');
      fs.writeFileSync(file, renderRequirements(requirements), { mode: 0o600 });
      const run = (args: readonly string[]) => runTool(pip, ['-m', 'pip', ...args, ...optionsFor(target), ...indexes.noIndex ? ['--no-index'] : []], {
        directory: project, environment: variablesFor(indexes), why: 'the dependencies are installed by pip',
      });
      const { status, output } = run(['install', '--target', into, '--requirement', file, '--require-hashes', '--no-compile', '--quiet']);
      if (status === 0) return undefined;
      return toFailure(output, job, ({ name, version }) => run(
        ['-vv', 'download', '--dest', path.join(scratch, 'download'), `${name}==${version}`],
      ).output);
    },
  };
}

function optionsFor(target: LambdaTarget | undefined): string[] {
  const common = ['--no-deps', '--only-binary', ':all:', '--disable-pip-version-check', '--no-input', '--no-color'];
  if (target === undefined) return common;
  return [
    ...common, '--python-version', target.pythonVersion, '--implementation', 'cp', '--abi', pythonTag(target),
    ...platformTags(target).flatMap((platform) => ['--platform', platform]),
  ];
}

/** Variables, and not arguments, which every user of the machine can read. */
function variablesFor({ indexUrl, extraIndexUrls, findLinks, trustedHosts }: IndexOptions): Record<string, string> {
  const appended = (name: string, values: readonly string[]) => (
    values.length === 0 ? {} : { [name]: [process.env[name], ...values].filter(Boolean).join(' ') }
  );
  return {
    PIP_USER: '0',
    PIP_REQUIRE_VIRTUALENV: '0',
    PIP_ROOT_USER_ACTION: 'ignore',
    ...indexUrl !== undefined && { PIP_INDEX_URL: indexUrl },
    ...appended('PIP_EXTRA_INDEX_URL', extraIndexUrls),
    ...appended('PIP_FIND_LINKS', findLinks),
    ...appended('PIP_TRUSTED_HOST', trustedHosts),
  };
}

/** pip says that no version was found. Which wheels it skipped, it says only if it is asked for details. */
function toFailure(output: string, { requirements }: InstallJob, details: (requirement: LockedRequirement) => string): InstallFailure {
  const [, name] = /No matching distribution found for ([A-Za-z0-9][\w.-]*?)(?:==|\s|$)/.exec(output) ?? [];
  const requirement = requirements.find((one) => name !== undefined && one.name === normalizeName(name));
  if (requirement === undefined) return { output };
  const files = [...details(requirement).matchAll(/[\w.+!-]+\.(?:whl|tar\.gz|zip)\b/g)].map(([file]) => file);
  const wheels = [...new Set(files)].filter((file) => isOf(file, requirement)).sort();
  // An index that cannot be reached has no files either.
  return wheels.length === 0 ? { output } : { output, withoutWheel: requirement.name, wheels };
}

function isOf(file: string, { name, version }: LockedRequirement): boolean {
  const [, distribution, of] = /^(.+?)-(\d[^-]*?)(?:-.*\.whl|\.tar\.gz|\.zip)$/.exec(file) ?? [];
  return distribution !== undefined && normalizeName(distribution) === name && of === version;
}
