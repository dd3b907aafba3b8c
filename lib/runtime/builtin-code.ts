import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 take Node.js's own modules from the code cache that Node.js was built with, until the returned function is called.
 *
 * V8 does so only under the flags that the cache was made with, and Lambda starts Node.js with others. They have done their work: `gc` is there,
 * and the heap has its limits. The limits come back for worker threads that start later.
 *
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function useBuiltinCodeCache(): () => void {
  const limits = process.execArgv.filter((flag) => /^--max-(old|semi)-space-size=/.test(flag));
  ['--no-expose-gc', ...limits.map((flag) => flag.replace(/\d+/, '0'))].forEach((flag) => setFlagsFromString(flag));
  return () => limits.forEach((flag) => setFlagsFromString(flag));
}
