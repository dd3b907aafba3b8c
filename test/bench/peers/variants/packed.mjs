import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Larger chunks stay separate files. */
const MOST_BYTES = 20_000;

/**
 * Packs all small chunks into one file. A hook of Node.js's module loader returns their text, so they stay separate modules, in their order, and each
 * fails alone.
 */
export function pack(task) {
  const { sharedChunks, routers } = JSON.parse(readFileSync(join(task, 'manifest.json'), 'utf8'));
  const small = [...routers, ...sharedChunks].filter(({ bytes }) => bytes < MOST_BYTES).map(({ file }) => file);
  const texts = Object.fromEntries(small.map((file) => [file, readFileSync(join(task, file), 'utf8')]));
  writeFileSync(join(task, 'packed.mjs'), `export const texts=${JSON.stringify(texts)}`);
  small.forEach((file) => rmSync(join(task, file)));
  const index = readFileSync(join(task, 'index.mjs'), 'utf8');
  writeFileSync(join(task, 'index.mjs'), `import{registerHooks}from"node:module";
import{texts}from"./packed.mjs";
const base=new URL("./",import.meta.url).href;
registerHooks({
  resolve:(specifier,context,next)=>specifier[0]==="."?{url:new URL(specifier,context.parentURL).href,format:"module",shortCircuit:true}:next(specifier,context),
  load(url,context,next){const source=texts[url.slice(base.length)];return source===undefined?next(url,context):{source,format:"module",shortCircuit:true}},
});
const{handler,init}=await import("./main.mjs");${index.replace(/^import.*?;/, '')}`);
}
