import * as fs from 'fs';
import * as path from 'path';
import { APP_SCOPE, MAIN_SCOPE, ObservedScope, PlanStep } from './observation';
import { digestOf } from '../../../routers/asset/digest';
import { CodeFile } from '../../../routers/built-code';
import { remembered } from '../../../routers/cache/remembered';
import { sha256 } from '../../../routers/cache/sha256';
import { runReporting } from '../../../routers/verification/report-process';
import { CopiedAsset, withCopy } from '../../../routers/verification/sandbox';
import { PythonDependencies } from '../dependencies/python-dependencies';
import { INDEX_FILE, MAIN_FILE } from '../entry-source';
import { stampOf } from '../interpreter/find-python';
import { parseTarget } from '../target';
import { pythonCommand, PythonLoader, PythonHost } from '../verification/python-loader';

/** Code whose imports are observed. */
export interface ObservableCode {
  /** The files of the asset, without dependencies. */
  readonly files: readonly CodeFile[];
  readonly dependencies: PythonDependencies;
  /** `main:app` */
  readonly app?: string;
  readonly routers: ReadonlyArray<{ readonly name: string; readonly module: string; readonly attribute: string }>;
  readonly host: PythonHost;
  /** The function's environment variables, as far as synthesis knows them. */
  readonly environment: Readonly<Record<string, string>>;
  /** The directory of the cache. */
  readonly cache: string;
}

const OBSERVE = path.join(__dirname, 'observe.py');
const PROGRAMS = [OBSERVE, ...['_lazy_api_host.py', '_lazy_api_recorder.py'].map((name) => path.join(__dirname, '..', 'host', name))];

/** How long the import of a router may take, in milliseconds: as long as INIT. */
const LIMIT_MS = 10_000;

/** Imports the application and each router in processes of their own. */
export function observeImports(code: ObservableCode): ObservedScope[] {
  const routers = code.routers.map(({ name, module, attribute }) => [name, module, attribute] as const);
  const reports = observe(code, { routers, plan: [] });
  return reports.flatMap((report) => ('scope' in report ? [report] : []));
}

/** Imports modules one after the other in a fresh process, as INIT does. */
export function observePlan(code: ObservableCode, modules: readonly string[]): PlanStep[] {
  const reports = observe(code, { routers: [], plan: modules });
  return reports.flatMap((report) => ('step' in report ? [report] : []));
}

/** A failure is observed again, because its cause can be a file or a service elsewhere. */
function observe(code: ObservableCode, job: Job): ReadonlyArray<ObservedScope | PlanStep> {
  const { cache, host, dependencies: { hostDirectory }, environment, app, files } = code;
  const { path: program } = host.python();
  const programs = PROGRAMS.map((file) => fs.readFileSync(file, 'utf8'));
  const parts = [programs, job, app, environment, hostDirectory, program, stampOf(program), digestOf(files)];
  const expected = firstScopes(app).length + job.routers.length + job.plan.length;
  return remembered(path.join(cache, `imports-${sha256(JSON.stringify(parts))}.json`), () => run(code, job), (reports) => (
    reports.length === expected && reports.every(({ error }) => error === null)
  ));
}

/** What is imported before any router. */
function firstScopes(app: string | undefined): Array<readonly [scope: string, module: string]> {
  const main = [MAIN_SCOPE, path.parse(MAIN_FILE).name] as const;
  return app === undefined ? [main] : [main, [APP_SCOPE, parseTarget(app).module]];
}

interface Job {
  readonly routers: ReadonlyArray<readonly [scope: string, module: string, attribute: string]>;
  readonly plan: readonly string[];
}

function run(code: ObservableCode, job: Job): ReadonlyArray<ObservedScope | PlanStep> {
  const loader = new PythonLoader(code.host);
  return withCopy({ files: code.files, externals: [], handler: `${path.parse(INDEX_FILE).name}.handler`, loader }, code.environment, (copy) => {
    const { hostDirectory } = code.dependencies;
    const input = {
      ...job,
      paths: [copy.directory, ...hostDirectory === undefined ? [] : [hostDirectory]],
      first: firstScopes(code.app),
      limitMs: LIMIT_MS,
    };
    const command: [string, ...string[]] = [...pythonCommand(code.host.python()), OBSERVE];
    const backstopMs = LIMIT_MS * (job.routers.length + 2);
    const ran = runReporting<ObservedScope | PlanStep>({ ...copy, command, input, backstopMs });
    return ran.reports.map((report) => withoutDirectory(report, copy));
  });
}

/** Files of the asset are named relative to it, so that the directory of the copy reaches nothing that is deployed. */
function withoutDirectory<Report extends ObservedScope | PlanStep>(report: Report, { directory }: CopiedAsset): Report {
  const prefix = `${directory}${path.sep}`;
  const error = report.error?.split(prefix).join('') ?? null;
  if (!('scope' in report)) return { ...report, error };
  const modules = report.modules.map((one) => ({ ...one, file: one.file?.startsWith(prefix) ? one.file.slice(prefix.length) : one.file }));
  return { ...report, error, modules };
}
