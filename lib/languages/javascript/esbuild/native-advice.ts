import { originOf } from '../origin';

const COPY_IT = 'Use bundling.loader { ".node": "copy" }.';

/** What to do about an esbuild error, if it is about native code. */
export function nativeAdvice(message: string): string | undefined {
  const file = /^No loader is configured for "\.node" files: (.*)$/.exec(message)?.[1];
  if (file === undefined) return undefined;
  const { name, kind } = originOf(file);
  const remedy = kind === 'package' ? `Add "${name}" to bundling.nodeModules, which installs it for the function.` : COPY_IT;
  return `This is native code, which cannot be bundled. ${remedy}`;
}
