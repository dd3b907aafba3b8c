/**
 * Preloaded into a process. With the first response, it reports the files that the process has loaded, according to the debugger. It does not report
 * files such as package.json, which are read only to find other files.
 */
import { Session } from 'node:inspector';

const session = new Session();
session.connect();
const urls = new Set();
session.on('Debugger.scriptParsed', ({ params: { url } }) => {
  if (url && !url.startsWith('node:')) urls.add(url.replace(/^file:\/\//, ''));
});
session.post('Debugger.enable');

const { renameSync, writeFileSync } = await import('node:fs');
setInterval(() => {
  writeFileSync(`${process.env.BENCH_FILES}.part`, JSON.stringify([...urls]));
  renameSync(`${process.env.BENCH_FILES}.part`, process.env.BENCH_FILES);
}, 5).unref();
