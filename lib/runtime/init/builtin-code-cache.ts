import { setFlagsFromString } from 'node:v8';

/** From this major version of Node.js on, V8 accepts the code cache regardless of the limits of the heap. */
const LIMITS_DO_NOT_MATTER = 24;

/**
 * Lets V8 load Node.js's own modules from the code cache that Node.js was built with. Returns a function that restores the limits of the heap.
 *
 * V8 does this only with the flags that the cache was created with, and Lambda starts Node.js with other flags. At this point, those flags have
 * already taken effect: `gc` exists, and the heap has its limits. Only worker threads still read them.
 *
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function useBuiltinCodeCache(): () => void {
  const isLimit = (flag: string) => /^--max-(old|semi)-space-size=/.test(flag);
  const limits = parseInt(process.versions.node) < LIMITS_DO_NOT_MATTER ? process.execArgv.filter(isLimit) : [];
  ['--no-expose-gc', ...limits.map((flag) => flag.replace(/\d+/, '0'))].forEach((flag) => setFlagsFromString(flag));
  return () => limits.forEach((flag) => setFlagsFromString(flag));
}
