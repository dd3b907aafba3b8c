import * as fs from 'node:fs';
import { findApis } from '../../local/assembly/find-apis';
import { readModuleGraph } from '../../local/assembly/read-module-graph';
import { selectApi } from '../../local/assembly/select-api';
import type { SynthesizedApi } from '../../local/assembly/synthesized-api';
import { LocalError } from '../../local/local-error';
import { COUNTERS } from '../../local/profile/counters';
import { GateOptions, profile } from '../../local/profile/profile';
import { ProfileReport } from '../../local/profile/profile-report';
import { readReport } from '../../local/profile/read-report';
import { renderPage } from '../../local/profile/report/html/page';
import { renderMarkdown } from '../../local/profile/report/markdown';
import { renderTable } from '../../local/profile/report/table';
import { readSmokeRequests } from '../../routers/verification/smoke/smoke-requests';
import { JSON_OPTION, RUNNING, runningOptions, selectedApi, SELECTION } from '../api-options';
import { Arguments } from '../arguments';
import { Command, CommandContext } from '../command';
import { EXIT_CODES } from '../exit-codes';
import { progressBar } from '../progress-bar';
import { Terminal } from '../terminal';
import { UsageError } from '../usage-error';

const DEFAULT_ROUNDS = 3;
const DEFAULT_GROWTH = '5%';

export const profileCommand: Command = {
  name: 'profile',
  summary: 'Measures the cold starts of every router and of a monolith, and fails if a build loads more than another.',
  positionals: [],
  options: {
    'rounds': { value: 'NUMBER', description: `cold starts of each router, in each build and at each memory size; default: ${DEFAULT_ROUNDS}` },
    'memory': { value: 'SIZES', description: 'memory sizes in MB, like 256,1024; default: 256, 512, 1024, 1769 and the function\'s own' },
    'requests': { value: 'FILE', description: 'requests to the routers: the file of Verify.atSynth({ requests }); default: GET at their prefixes' },
    'counters-only': { description: 'count what is loaded, without running it' },
    'compare': { value: 'FILE', description: 'a report of profile --json: fail if INIT or a router loads more than in the report' },
    'max-growth': { value: 'PERCENT', description: `how much a counter may grow; default: ${DEFAULT_GROWTH}` },
    'gate': { value: 'COUNTERS', description: `the counters that must not grow more; default: ${COUNTERS.join(',')}` },
    'base': { value: 'DIRECTORY', description: 'the output directory of cdk synth for another version: compare counters and cold starts with it' },
    'fail-on-time': { description: 'with --base: fail if cold starts are slower with 99 % confidence' },
    ...JSON_OPTION,
    'markdown': { description: 'write Markdown to stdout, for a comment on a pull request' },
    'html': { value: 'FILE', description: 'write a page with bars, treemaps and import chains' },
    ...SELECTION,
    ...RUNNING,
  },
  examples: [
    'lazy-api profile --html profile.html',
    'lazy-api profile --counters-only --json > base.json',
    'lazy-api profile --compare base.json --counters-only',
    'lazy-api profile --base ../main/cdk.out --rounds 10 --fail-on-time',
  ],
  run,
};

async function run(args: Arguments, { terminal }: CommandContext): Promise<number> {
  if (args.has('json') && args.has('markdown')) throw new UsageError('--json and --markdown cannot be combined: both write to stdout');
  const options = profileOptions(args);
  const gate = gateOptions(args);
  const api = selectedApi(args);
  const base = baseApi(args.text('base'), api);
  const bar = progressBar(terminal);
  const report = await profile(api, { ...options, base, progress: bar.show }, gate).finally(() => bar.clear());
  terminal.out(render(report, args));
  const page = args.text('html');
  if (page !== undefined) writePage(page, renderPage(report, readModuleGraph(api)), terminal);
  return explain(report, terminal);
}

function render(report: ProfileReport, args: Arguments): string {
  if (args.has('json')) return `${JSON.stringify(report)}\n`;
  return args.has('markdown') ? renderMarkdown(report) : renderTable(report);
}

function writePage(file: string, page: string, terminal: Terminal): void {
  try {
    fs.writeFileSync(file, page);
  } catch (error) {
    throw new LocalError(`--html must be a file that can be written, got "${file}": ${(error as NodeJS.ErrnoException).code}`);
  }
  terminal.err(`${terminal.errStyle('green', 'wrote')} ${file}\n`);
}

function explain({ notes, problems }: ProfileReport, terminal: Terminal): number {
  for (const note of notes) terminal.err(`${terminal.errStyle('yellow', 'note:')} ${note}\n`);
  for (const problem of problems) terminal.err(`${terminal.errStyle('red', 'failed:')} ${problem}\n`);
  return problems.length > 0 ? EXIT_CODES.FAILED : EXIT_CODES.OK;
}

function profileOptions(args: Arguments) {
  const requests = args.text('requests');
  return {
    ...runningOptions(args),
    rounds: wholeNumber('--rounds', args.text('rounds') ?? String(DEFAULT_ROUNDS), { least: 1, most: 10_000 }),
    memorySizes: args.text('memory')?.split(',').map((size) => wholeNumber('--memory', size, { least: 128, most: 10_240 })),
    requests: requests === undefined ? [] : readSmokeRequests(requests, '--requests'),
  };
}

function gateOptions(args: Arguments): GateOptions {
  const [file, base] = [args.text('compare'), args.text('base')];
  const failOnTime = args.has('fail-on-time');
  if (failOnTime && base === undefined) throw new UsageError('--fail-on-time needs --base DIRECTORY');
  if (failOnTime && args.has('counters-only')) throw new UsageError('--fail-on-time and --counters-only cannot be combined');
  const needless = ['max-growth', 'gate'].find((option) => args.has(option) && file === undefined && base === undefined);
  if (needless !== undefined) throw new UsageError(`--${needless} needs --compare FILE or --base DIRECTORY`);
  const before = file === undefined ? undefined : readReport('--compare', file).counters;
  return { before, maxGrowth: growthOf(args), counters: countersOf(args), countersOnly: args.has('counters-only'), failOnTime };
}

function growthOf(args: Arguments): number {
  const text = args.text('max-growth') ?? DEFAULT_GROWTH;
  const [, percent] = /^(\d+(?:\.\d+)?)%?$/.exec(text) ?? [];
  if (percent === undefined) throw new UsageError(`--max-growth must be a percentage, like ${DEFAULT_GROWTH}, got "${text}"`);
  return Number(percent) / 100;
}

function countersOf(args: Arguments): GateOptions['counters'] {
  const names = args.text('gate')?.split(',');
  const unknown = names?.find((name) => !COUNTERS.some((counter) => counter === name));
  if (unknown !== undefined) throw new UsageError(`--gate must be some of ${COUNTERS.join(',')}, got "${unknown}"`);
  return names && COUNTERS.filter((counter) => names.includes(counter));
}

/** Finds the same construct in another assembly. */
function baseApi(directory: string | undefined, { path: construct }: SynthesizedApi): SynthesizedApi | undefined {
  return directory === undefined ? undefined : selectApi(findApis(directory), { construct });
}

function wholeNumber(option: string, text: string, { least, most }: { readonly least: number; readonly most: number }): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${option} must be a whole number from ${least} to ${most}, got "${text}"`);
}
