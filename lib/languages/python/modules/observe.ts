import * as path from 'path';
import { APP_SCOPE, MAIN_SCOPE, ObservedScope, PlanStep } from './observation';
import { FileToWrite } from '../../../private/write-files';
import { runReporting } from '../../../routers/verification/report-process';
import { CopiedAsset, withCopy } from '../../../routers/verification/sandbox';
import { PythonDependencies } from '../dependencies/python-dependencies';
import { INDEX_FILE, MAIN_FILE } from '../entry-source';
import { parseTarget } from '../target';
import { pythonCommand, PythonLoader, PythonHost } from '../verification/python-loader';

/** Code whose imports are observed. */
export interface ObservableCode {
  /** The files of the asset, without dependencies. */
  readonly files: readonly FileToWrite[];
  readonly dependencies: PythonDependencies;
  /** `main:app` */
  readonly app?: string;
  readonly routers: ReadonlyArray<{ readonly name: string; readonly module: string; readonly attribute: string }>;
  readonly host: PythonHost;
  /** The function's environment variables, as far as synthesis knows them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How long the import of a router may take, in milliseconds: as long as INIT. */
const LIMIT_MS = 10_000;

/** Imports the application and each router in processes of their own. */
export function observeImports(code: ObservableCode): ObservedScope[] {
  const { reports } = run(code, { routers: code.routers.map(({ name, module, attribute }) => [name, module, attribute]), plan: [] });
  return reports.flatMap((report) => ('scope' in report ? [report] : []));
}

/** Imports modules one after the other in a fresh process, as INIT does. */
export function observePlan(code: ObservableCode, modules: readonly string[]): PlanStep[] {
  const { reports } = run(code, { routers: [], plan: modules });
  return reports.flatMap((report) => ('step' in report ? [report] : []));
}

interface Job {
  readonly routers: ReadonlyArray<readonly [scope: string, module: string, attribute: string]>;
  readonly plan: readonly string[];
}

function run(code: ObservableCode, job: Job) {
  const loader = new PythonLoader(code.host);
  return withCopy({ files: code.files, externals: [], handler: `${path.parse(INDEX_FILE).name}.handler`, loader }, code.environment, (copy) => {
    const { hostDirectory, hostBytecode } = code.dependencies;
    const app = code.app === undefined ? [] : [[APP_SCOPE, parseTarget(code.app).module]];
    const input = {
      ...job,
      paths: [copy.directory, ...hostDirectory === undefined ? [] : [hostDirectory]],
      first: [[MAIN_SCOPE, path.parse(MAIN_FILE).name], ...app],
      limitMs: LIMIT_MS,
    };
    const command = [...pythonCommand(code.host.python(), hostBytecode ?? path.join(copy.scratch, 'bytecode')), path.join(__dirname, 'observe.py')];
    const backstopMs = LIMIT_MS * (job.routers.length + 2);
    const ran = runReporting<ObservedScope | PlanStep>({ ...copy, command: command as [string, ...string[]], input, backstopMs });
    return { ...ran, reports: ran.reports.map((report) => withoutDirectory(report, copy)) };
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
