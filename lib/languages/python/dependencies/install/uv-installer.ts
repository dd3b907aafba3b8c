import * as fs from 'fs';
import * as path from 'path';
import { InstallFailure, InstallJob, Installer, renderRequirements } from './installer';
import { UV } from '../lock/uv';
import { IndexOptions, normalizeName } from '../requirements/requirement';
import { runTool } from '../run-tool';
import { LambdaTarget } from '../target';

/** https://docs.astral.sh/uv/reference/cli/#uv-pip-install */
export const UV_INSTALLER: Installer = {
  title: 'uv',
  install(job) {
    const { requirements, indexes, into, scratch, project, target, python } = job;
    const file = path.join(scratch, 'requirements.txt');
    // An address may have credentials.
    fs.writeFileSync(file, renderRequirements(requirements), { mode: 0o600 });
    const { status, output } = runTool(UV, [
      'pip', 'install', '--target', into, '--requirement', file, '--no-deps', '--require-hashes', '--only-binary', ':all:',
      '--link-mode', 'copy', '--no-compile-bytecode', '--no-progress', '--color', 'never',
      ...python === undefined ? [] : ['--python', python],
      ...target === undefined ? [] : ['--python-version', target.pythonVersion, '--python-platform', platformOf(target)],
      ...indexes.noIndex ? ['--no-index'] : [],
    ], { directory: project, environment: indexVariables(indexes), why: 'the dependencies are installed by uv' });
    return status === 0 ? undefined : toFailure(output, job);
  },
};

/** uv names few versions of glibc. The next older one is the newest that works. */
function platformOf({ machine, glibc }: LambdaTarget): string {
  return `${machine}-${glibc >= 34 ? 'manylinux_2_34' : 'manylinux2014'}`;
}

/** Variables, and not arguments, which every user of the machine can read. Hashes decide, so any index may have the package. */
function indexVariables({ indexUrl, extraIndexUrls, findLinks, trustedHosts }: IndexOptions): Record<string, string> {
  const appended = (name: string, values: readonly string[], separator: string) => (
    values.length === 0 ? {} : { [name]: [process.env[name], ...values].filter(Boolean).join(separator) }
  );
  return {
    UV_INDEX_STRATEGY: 'unsafe-best-match',
    ...indexUrl !== undefined && { UV_DEFAULT_INDEX: indexUrl },
    ...appended('UV_INDEX', extraIndexUrls, ' '),
    ...appended('UV_FIND_LINKS', findLinks, ','),
    ...appended('UV_INSECURE_HOST', trustedHosts, ' '),
  };
}

function toFailure(output: string, { requirements }: InstallJob): InstallFailure {
  const text = output.replace(/\s+/g, ' ');
  if (!/has no (usable )?wheels|no wheels with a matching|only has wheels|building .* disabled|can't be installed because/i.test(text)) return { output };
  const names = new Set(requirements.map(({ name }) => name));
  const mentioned = [...text.matchAll(/`?([A-Za-z0-9][\w.-]*)`?\s?(?:==|\(v)/g)].map(([, name]) => normalizeName(name));
  const [, list = ''] = /(?:following (?:platforms?|Python (?:implementation|ABI) tags?|Python tags?|ABI tags?):?|platform:|tag:)\s*((?:`[^`]+`(?:,\s*)?)+)/i.exec(text) ?? [];
  const wheels = [...list.matchAll(/`([^`]+)`/g)].map(([, tag]) => tag);
  return { output, withoutWheel: mentioned.find((name) => names.has(name)), wheels };
}
