import { cpuOf, LambdaTarget } from './target';
import { describePlatform, isBinaryName, platformOf, runsInLambda } from '../../../routers/binaries/binary-platform';

/** `_pydantic_core.cpython-313-aarch64-linux-gnu.so`: https://peps.python.org/pep-3149/ */
const EXTENSION = /\.(cpython-\d+\w*|pypy\d+\w*|graalpy\w*)-.*\.so$/;

/** Describes what a native file was built for, if the function cannot load it: another system, processor, C library, or version of Python. */
export function nativeProblem(file: string, contents: () => Uint8Array, target: LambdaTarget): string | undefined {
  if (!isBinaryName(file)) return undefined;
  const platform = platformOf(contents());
  if (platform !== undefined && !runsInLambda(platform, cpuOf(target))) return `${file} for ${describePlatform(platform)}`;
  const [, python] = EXTENSION.exec(file) ?? [];
  return python === undefined || python === `cpython-${target.pythonVersion.replace('.', '')}` ? undefined : `${file} for ${python}`;
}
