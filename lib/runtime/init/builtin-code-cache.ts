import { setFlagsFromString } from 'node:v8';

/** From this major version of Node.js on, V8 takes the code cache whatever the limits of the heap are. */
const LIMITS_DO_NOT_MATTER = 24;

/**
 * Lets V8 take Node.js's own modules from the code cache that Node.js was built with. Returns what brings the limits of the heap back.
 *
 * V8 does so only under the flags that the cache was made with, and Lambda starts Node.js with other flags. At this point those flags have had their
 * effect: `gc` is there, and the heap has its limits. Only worker threads still read them.
 *
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function useBuiltinCodeCache(): () => void {
  const isLimit = (flag: string) => /^--max-(old|semi)-space-size=/.test(flag);
  const limits = parseInt(process.versions.node) < LIMITS_DO_NOT_MATTER ? process.execArgv.filter(isLimit) : [];
  ['--no-expose-gc', ...limits.map((flag) => flag.replace(/\d+/, '0'))].forEach((flag) => setFlagsFromString(flag));
  return () => limits.forEach((flag) => setFlagsFromString(flag));
}
