/** Preloaded into a process: tells at the first answer which files it has loaded, by the debugger's events. It does not see what is read to find them, such as package.json. */
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
