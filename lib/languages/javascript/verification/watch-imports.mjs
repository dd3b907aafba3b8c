// A hook of Node.js's module loader that reports which file of an asset imports which, statically or dynamically. If Node.js runs hooks in a separate
// thread, it loads this file there.
import { writeSync } from 'node:fs';
import module from 'node:module';
import { pathToFileURL } from 'node:url';

const { register, registerHooks } = module;
let root, reports;

/** Reports go to this descriptor. */
export function watchImports(asset, reportsDescriptor) {
  const data = { asset, reports: reportsDescriptor };
  if (!registerHooks) return register(import.meta.url, { data });
  initialize(data);
  registerHooks({ resolve });
}

export function initialize(data) {
  root = `${pathToFileURL(data.asset).href}/`;
  reports = data.reports;
}

export function resolve(specifier, context, next) {
  const from = nameOf(context.parentURL);
  const file = from && (/^\.{0,2}\//.test(specifier) ? nameOf(new URL(specifier, context.parentURL).href) : packageOf(specifier));
  if (file) writeSync(reports, `\n${JSON.stringify({ state: 'imported', from, file })}\n`);
  return next(specifier, context);
}

/** The name of a file of the asset, relative to its root. */
function nameOf(url) {
  return url?.startsWith(root) ? decodeURI(url.slice(root.length).split('?')[0]) : undefined;
}

function packageOf(specifier) {
  if (specifier.includes(':')) return undefined;
  return `node_modules/${specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')}`;
}
