import { SynthesizedApi } from '../../local/assembly/synthesized-api';
import { checkPrograms } from '../../local/language/check-programs';
import { languageOfRuntime } from '../../local/language/find-language';
import { codeInDirectory, codeOfApi } from '../../local/verify/find-code';
import { LocalCode } from '../../local/verify/local-code';
import { VerifiedCode, verifyCode } from '../../local/verify/verify-code';
import { sendToUrl } from '../../local/verify/verify-url';
import { LazyApiError } from '../../private/errors';
import { readSmokeRequests, SmokeRequest } from '../../routers/verification/smoke/smoke-requests';
import { givenVariables, JSON_OPTION, PROGRAMS, programsOf, selectedApis, SELECTION, VARIABLES } from '../api-options';
import { Arguments } from '../arguments';
import { Command, CommandContext } from '../command';
import { EXIT_CODES } from '../exit-codes';
import { Terminal } from '../terminal';
import { UsageError } from '../usage-error';

/** What is verified, and the result. */
interface Verdict {
  /** The path of the construct, or the directory of the asset. */
  readonly name: string;
  readonly routers: ReadonlyArray<{ readonly prefix: string; readonly entry: string; readonly kind?: string }>;
  readonly requests: number;
  readonly warnings: readonly string[];
  /** The problem. */
  readonly problem?: string;
}

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Verifies that every router loads from the built asset, as synthesis does, and responds to smoke requests.',
  positionals: [{ name: 'ASSET-DIRECTORY', required: false }],
  options: {
    smoke: { value: 'FILE', description: 'send these requests, too: the file of Verify.atSynth({ requests })' },
    url: { value: 'URL', description: 'with --smoke: send the requests to a deployed API instead, and compare the statuses' },
    ...JSON_OPTION,
    ...SELECTION,
    ...VARIABLES,
    ...PROGRAMS,
  },
  examples: [
    'lazy-api verify',
    'lazy-api verify cdk.out/asset.3f1c --smoke smoke.json',
    'lazy-api verify --smoke smoke.json --url https://abc.execute-api.eu-central-1.amazonaws.com',
  ],
  run: verify,
};

async function verify(args: Arguments, { terminal }: CommandContext): Promise<number> {
  const [file, url] = [args.text('smoke'), args.text('url')];
  if (url !== undefined && file === undefined) throw new UsageError('--url needs --smoke FILE');
  if (url !== undefined && args.positionals.length > 0) throw new UsageError('--url and ASSET-DIRECTORY cannot be combined');
  const requests = file === undefined ? [] : readSmokeRequests(file, '--smoke');
  if (url !== undefined) return verifyUrl(url, requests, args.has('json'), terminal);
  const [targets, programs] = [targetsOf(args), programsOf(args)];
  checkPrograms(programs, targets.flatMap(({ code: { runtime } }) => languageOfRuntime(runtime) ?? []));
  const verdicts = targets.map(({ name, code }) => judge(name, () => verifyCode(code, requests, programs), requests.length));
  terminal.out(args.has('json') ? `${JSON.stringify({ ok: verdicts.every(({ problem }) => !problem), apis: verdicts }, undefined, 2)}\n` : '');
  for (const verdict of verdicts) if (!args.has('json')) render(verdict, terminal);
  return verdicts.some(({ problem }) => problem) ? EXIT_CODES.FAILED : EXIT_CODES.OK;
}

function targetsOf(args: Arguments): Array<{ readonly name: string; readonly code: LocalCode }> {
  const variables = givenVariables(args);
  const [directory] = args.positionals;
  if (directory !== undefined) return [{ name: directory, code: codeInDirectory(directory, variables) }];
  return selectedApis(args).map((api: SynthesizedApi) => ({ name: api.path, code: codeOfApi(api, variables) }));
}

/** A problem in the code is a failed check. A problem in the requests is an error. */
function judge(name: string, run: () => VerifiedCode, requests: number): Verdict {
  try {
    const { routers, kinds, warnings } = run();
    const loaded = routers.map(({ prefix, entry }) => ({ prefix, entry, ...kinds.has(prefix) && { kind: kinds.get(prefix) } }));
    return { name, routers: loaded, requests, warnings };
  } catch (error) {
    if (!(error instanceof LazyApiError) || error.code === 'VERIFY') throw error;
    return { name, routers: [], requests, warnings: [], problem: error.message };
  }
}

function render({ name, routers, requests, warnings, problem }: Verdict, terminal: Terminal): void {
  for (const warning of warnings) terminal.err(`${terminal.errStyle('yellow', 'warning:')} ${name}: ${warning}\n`);
  if (problem !== undefined) return terminal.err(`${terminal.errStyle('red', 'failed:')} ${name}: ${problem}\n`);
  const loaded = routers.filter(({ kind }) => kind !== undefined).length;
  const answered = requests > 0 ? `, ${count(requests, 'smoke request')} passed` : '';
  terminal.out(`${terminal.outStyle('green', 'ok')} ${name}: ${loaded} of ${count(routers.length, 'router')} loaded${answered}\n`);
}

async function verifyUrl(url: string, requests: readonly SmokeRequest[], json: boolean, terminal: Terminal): Promise<number> {
  const answers = await sendToUrl(url, requests);
  const isRight = ({ status, expected }: typeof answers[number]) => status === expected;
  if (json) terminal.out(`${JSON.stringify({ ok: answers.every(isRight), url, requests: answers }, undefined, 2)}\n`);
  for (const answer of json ? [] : answers) {
    const got = answer.status ?? `no response (${answer.error})`;
    terminal.out(isRight(answer)
      ? `${terminal.outStyle('green', 'ok')} ${answer.request}: ${got}\n`
      : `${terminal.outStyle('red', 'failed')} ${answer.request}: ${got}, expected ${answer.expected}\n`);
  }
  if (requests.some(({ authorizer }) => authorizer)) {
    terminal.err(`${terminal.errStyle('yellow', 'note:')} "authorizer" of a request is not sent; put what the API asks for into "headers"\n`);
  }
  return answers.every(isRight) ? EXIT_CODES.OK : EXIT_CODES.FAILED;
}

function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? '' : 's'}`;
}
