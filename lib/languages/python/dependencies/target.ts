import { lambdaEnvironment, Machine, MarkerEnvironment } from './requirements/marker';
import { LambdaCpu } from '../../../routers/binaries/binary-platform';

/** What packages are installed for. */
export interface LambdaTarget {
  /** `3.13` */
  readonly pythonVersion: string;
  readonly machine: Machine;
  /** The minor version of glibc 2 that the runtime has. */
  readonly glibc: number;
}

/** The newest runtime on Amazon Linux 2: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const LAST_ON_AMAZON_LINUX_2 = 11;

/** glibc of Amazon Linux 2, and of Amazon Linux 2023: https://docs.aws.amazon.com/linux/al2023/ug/compare-with-al2.html */
const GLIBC = { amazonLinux2: 26, amazonLinux2023: 34 };

/** The oldest glibc that wheels for a processor name, and the names of such wheels before PEP 600. */
const OLDEST: { readonly [machine in Machine]: { readonly glibc: number; readonly names: ReadonlyArray<readonly [glibc: number, name: string]> } } = {
  aarch64: { glibc: 17, names: [[17, 'manylinux2014']] },
  x86_64: { glibc: 5, names: [[17, 'manylinux2014'], [12, 'manylinux2010'], [5, 'manylinux1']] },
};

/** @param pythonVersion `3.13` */
export function lambdaTarget(pythonVersion: string, architecture: string): LambdaTarget {
  const minor = Number(pythonVersion.split('.')[1]);
  return {
    pythonVersion,
    machine: architecture === 'arm64' ? 'aarch64' : 'x86_64',
    glibc: minor <= LAST_ON_AMAZON_LINUX_2 ? GLIBC.amazonLinux2 : GLIBC.amazonLinux2023,
  };
}

/** The platforms of wheels that the runtime accepts, best first: https://peps.python.org/pep-0600/ */
export function platformTags({ machine, glibc }: LambdaTarget): string[] {
  const { glibc: oldest, names } = OLDEST[machine];
  return Array.from({ length: glibc - oldest + 1 }, (_, i) => glibc - i).flatMap((minor) => [
    `manylinux_2_${minor}_${machine}`,
    ...names.filter(([of]) => of === minor).map(([, name]) => `${name}_${machine}`),
  ]);
}

/** `cp313` */
export function pythonTag({ pythonVersion }: Pick<LambdaTarget, 'pythonVersion'>): string {
  return `cp${pythonVersion.replace('.', '')}`;
}

export function cpuOf({ machine }: LambdaTarget): LambdaCpu {
  return machine === 'aarch64' ? 'arm64' : 'x64';
}

export function environmentOf({ pythonVersion, machine }: LambdaTarget): MarkerEnvironment {
  return lambdaEnvironment(pythonVersion, machine);
}

/** In words, for errors. */
export function describeTarget({ pythonVersion, machine, glibc }: LambdaTarget): string {
  return `CPython ${pythonVersion} on Linux ${machine === 'aarch64' ? 'arm64' : machine} with glibc 2.${glibc}`;
}

/** Whether a wheel with this tag, as in its WHEEL file, works: `cp313-cp313-manylinux_2_17_aarch64`, `cp39-abi3-...`, `py3-none-any`. */
export function acceptsTag(tag: string, target: LambdaTarget): boolean {
  const [pythons, abis, platforms] = tag.split('-').map((part) => part.split('.'));
  if (platforms === undefined) return false;
  const supported = new Set(['any', ...platformTags(target)]);
  return platforms.some((platform) => supported.has(platform))
    && pythons.some((python) => abis.some((abi) => acceptsPython(python, abi, target)));
}

function acceptsPython(python: string, abi: string, target: LambdaTarget): boolean {
  const own = Number(target.pythonVersion.split('.')[1]);
  const [, implementation, minor = ''] = /^(cp|py)3(\d*)$/.exec(python) ?? [];
  if (implementation === undefined) return false;
  if (abi === pythonTag(target)) return python === pythonTag(target);
  if (abi === 'abi3') return implementation === 'cp' && Number(minor) <= own;
  return abi === 'none' && (implementation === 'py' ? Number(minor) <= own : python === pythonTag(target) || python === 'cp3');
}
