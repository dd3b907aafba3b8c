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

/** The versions of glibc that uv has a platform for, among those of Lambda. */
const NAMED_GLIBC = 34;

/** Whether uv has a platform for exactly the glibc of a runtime. */
export function namesGlibc({ glibc }: LambdaTarget): boolean {
  return glibc === NAMED_GLIBC;
}

function platformOf(target: LambdaTarget): string {
  return `${target.machine}-${namesGlibc(target) ? `manylinux_2_${NAMED_GLIBC}` : 'manylinux2014'}`;
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

/** How uv says that no wheel fits. */
const NO_WHEEL = /has no (usable )?wheels|no wheels with a matching|only has wheels|building .* disabled|can't be installed because/i;

/** Where it lists the platforms, or the tags, of the wheels that exist. */
const LISTED = /(?:following (?:platforms?|Python (?:implementation|ABI) tags?|(?:Python|ABI) tags?):?|platform:|tag:)\s*((?:`[^`]+`(?:,\s*)?)+)/i;

function toFailure(output: string, { requirements }: InstallJob): InstallFailure {
  const text = output.replace(/\s+/g, ' ');
  if (!NO_WHEEL.test(text)) return { output };
  const names = new Set(requirements.map(({ name }) => name));
  const mentioned = [...text.matchAll(/`?([A-Za-z0-9][\w.-]*)`?\s?(?:==|\(v)/g)].map(([, name]) => normalizeName(name));
  const [, list = ''] = LISTED.exec(text) ?? [];
  return { output, withoutWheel: mentioned.find((name) => names.has(name)), wheels: [...list.matchAll(/`([^`]+)`/g)].map(([, tag]) => tag) };
}
