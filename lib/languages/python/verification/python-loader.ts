import * as path from 'path';
import { LoadFailure, RouterLoader } from '../../../routers/verification/router-loader';
import { PythonDependencies } from '../dependencies/python-dependencies';
import { MAIN_FILE } from '../entry-source';
import { HostPython } from '../interpreter/find-host-python';
import { SharedModules } from '../modules/shared-modules';

const ADVICE = {
  export: 'Name an ASGI application, a WSGI application, or a function handler(event, context), as "module:attribute". '
    + 'PythonRouters.fromDirectory uses the variable "router" of each module unless you set attribute. '
    + 'For the APIRouter of FastAPI, set app, and include the router in the application with include_lazy_routers.',
  app: 'Set app to the module and the variable of the application, such as "main:app".',
  prefixes: 'Declare the same routers in the routers prop, with PythonRouters, and in the application, with include_lazy_routers. '
    + 'An APIRouter that has lazy routers also needs include_lazy_routers.',
  prefix: 'In Lambda, imports start in the directory that entry names. Import modules from there, or set entry to the directory above.',
  module: 'The asset does not contain the module. Fix the import, or remove the module from exclude.',
  lock: 'The asset does not contain the package. Add it to the dependencies of the project and update the lock file, '
    + 'or remove it from excludePackages.',
  native: 'An extension module is for another Python or another architecture. Install its package from the lock file instead of copying it.',
  relative: 'A relative import works only inside a package. Add __init__.py to the directory, or import the module by its full name.',
  cycle: 'Two modules import each other. Move what both need to a third module, or import one inside the function that uses it.',
  file: 'The asset does not contain the file. Put it in the directory that entry names, and open it relative to __file__.',
  syntax: 'Fix the syntax error. The code must be valid for the version of Python that the function has.',
  directory: 'The asset does not contain the directory, or the directory has no files. Put it in the directory that entry names, '
    + 'and name it relative to __file__.',
  variable: 'Set the variable in the environment prop, or for verification only with Verify.atSynth({ environment: { ... } }).',
  network: 'Synthesis and INIT must not depend on a network. Connect when the first request needs it.',
};

/** What verification must know of the machine that it runs on. */
export interface PythonHost {
  /** The version of the function, like `3.13`. */
  readonly pythonVersion: string;
  /** Finds the Python that runs the programs. */
  python(): HostPython;
  /** The modules to import once for several routers, in the order in which they import each other. */
  shared?(): readonly SharedModules[];
  /** The packages of the lock file for this machine. */
  packages?(): Pick<PythonDependencies, 'distributions' | 'hostDirectory' | 'missingOnHost'>;
}

/** A single argument of a process has at most 128 KB on Linux. */
const MOST_ARGUMENT = 100_000;

/** Loads routers in processes of Python. */
export class PythonLoader implements RouterLoader {
  public readonly main = MAIN_FILE;
  // Lambda's Python reads them before any code runs.
  public readonly processVariables = ['PYTHONPATH', 'PYTHONHOME', 'PYTHONSTARTUP', 'PYTHONOPTIMIZE'];
  public readonly advice = ADVICE;

  constructor(private readonly host: PythonHost) {}

  public get versionAdvice(): string | undefined {
    const { pythonVersion } = this.host;
    const { version } = this.host.python();
    return version === pythonVersion ? undefined : `Verification runs on Python ${version}, but the function runs on ${pythonVersion}. `
      + `If the cause is the version, install Python ${pythonVersion}, for example with "uv python install ${pythonVersion}".`;
  }

  public get command(): readonly [string, ...string[]] {
    return [...this.run('load_routers.py'), JSON.stringify(largestWithin(MOST_ARGUMENT, this.host.shared?.() ?? []))];
  }

  public get smokeCommand(): readonly [string, ...string[]] {
    return this.run('send_requests.py');
  }

  /** The packages of the lock file are on the path of the process. */
  public linkExternals(): void {}

  public inconclusiveReason({ missingModule, needsNewerRuntime, message }: LoadFailure): string | undefined {
    const { pythonVersion } = this.host;
    const { version } = this.host.python();
    const top = missingModule?.split('.')[0];
    if (top !== undefined && this.isOnlyForLambda(top)) {
      return `the package of "${top}" exists for Lambda but not for this machine`;
    }
    if (needsNewerRuntime && Number(version.slice(2)) < Number(pythonVersion.slice(2))) {
      return `it needs Python ${pythonVersion}, like the function, but verification runs on ${version} (${message.split('\n')[0]})`;
    }
    return undefined;
  }

  /** Whether a package that this machine lacks has a module or directory of this name. */
  private isOnlyForLambda(top: string): boolean {
    const { missingOnHost = [], distributions = [] } = this.host.packages?.() ?? {};
    const names = new Set(missingOnHost.map(normalized));
    return distributions.some(({ name, files }) => names.has(normalized(name)) && files.some((file) => file.split(/[/.]/)[0] === top));
  }

  private run(program: string): readonly [string, ...string[]] {
    const { hostDirectory } = this.host.packages?.() ?? {};
    return [...pythonCommand(this.host.python()), path.join(__dirname, program), ...hostDirectory === undefined ? [] : [hostDirectory]];
  }
}

/** Python with nothing of this machine but its standard library. */
export function pythonCommand({ path: program }: Pick<HostPython, 'path'>): [string, ...string[]] {
  return [program, '-I', '-S', '-B'];
}

/** The largest of them whose text is shorter than this, in their order. */
function largestWithin(length: number, shared: readonly SharedModules[]): SharedModules[] {
  let left = length;
  const chosen = new Set([...shared].sort((a, b) => b.bytes - a.bytes).filter((one) => (left -= JSON.stringify(one).length + 1) > 0));
  return shared.filter((one) => chosen.has(one));
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
