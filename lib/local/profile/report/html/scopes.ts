import { escapeHtml } from './escape-html';
import { legibleTiles } from './legible-tiles';
import type { CountedApi } from '../../counters';
import type { FindOrigin } from '../../origins';
import { kilobytes } from '../cells';

/** INIT, or a code file, with its source files. */
export interface Scope {
  readonly title: string;
  readonly text: string;
  /** By source file: its bytes. */
  readonly modules: Readonly<Record<string, number>>;
}

/** The minimum width of a tile with text, in pixels. */
const LEAST_TEXT_WIDTH = 56;

const AREA = { left: 0, top: 0, width: 960, height: 320 };

/** INIT first, then code files and packages, largest first. */
export function scopesOf({ init, routers, chunks }: CountedApi): Scope[] {
  const inInit = Object.assign({}, ...init.loads.map((file) => chunks[file].modules)) as Scope['modules'];
  const files = Object.entries(chunks).sort(([a, { bytes: x }], [b, { bytes: y }]) => y - x || (a < b ? -1 : 1));
  const scopes = files.filter(([, { modules }]) => Object.keys(modules).length > 0).map(([file, { bytes, modules }]) => {
    const needing = routers.filter(({ needs }) => needs.loads.includes(file)).map(({ prefix }) => prefix);
    const loaded = init.loads.includes(file) ? 'INIT loads it.' : 'INIT does not load it.';
    return { title: `${file}, ${kilobytes(bytes)} KB`, text: `${loaded} First requests that need it: ${needing.join(', ') || 'none'}.`, modules };
  });
  return [{ title: `INIT, ${kilobytes(init.bytes)} KB`, text: `INIT loads ${init.loads.join(', ')}.`, modules: inInit }, ...scopes];
}

/** What is known about source files. */
export interface Sources {
  readonly originOf: FindOrigin;
  /** The number of a source file in the page's data. */
  idOf(file: string): number;
}

export function renderScope({ title, text, modules }: Scope, id: number, { idOf, originOf }: Sources): string {
  const tiles = legibleTiles(modules, AREA).map(({ item, left, top, width, height }) => {
    const style = `style="left:${left.toFixed(1)}px;top:${top.toFixed(1)}px;width:${width.toFixed(1)}px;height:${height.toFixed(1)}px"`;
    if (item.file === undefined) return `<div class="tile" ${style}>${item.count} more, ${kilobytes(item.bytes)} KB</div>`;
    const { file } = item;
    const label = escapeHtml(`${nameOf(file, originOf)}, ${kilobytes(item.bytes)} KB`);
    const isNarrow = width < LEAST_TEXT_WIDTH;
    const shown = isNarrow ? '' : escapeHtml(`${shortName(file, originOf)}, ${kilobytes(item.bytes)} KB`);
    return `<button type="button" class="tile ${originOf(file).kind}" ${style} title="${label}"${isNarrow ? ` aria-label="${label}"` : ''} `
      + `data-module="${idOf(file)}" aria-pressed="false">${shown}</button>`;
  });
  const rows = Object.entries(modules).sort(([, a], [, b]) => b - a).map(([file, bytes]) => (
    `<li><button type="button" data-module="${idOf(file)}" aria-pressed="false">${escapeHtml(nameOf(file, originOf))}</button> `
      + `${kilobytes(bytes)} KB</li>`
  ));
  return `<section data-scope="${id}"><h3>${escapeHtml(title)}</h3><p class="dim">${escapeHtml(text)}</p>`
    + `<div class="scroll"><div class="treemap">${tiles.join('')}</div></div>`
    + `<details><summary>All ${rows.length} modules</summary><ul class="modules">${rows.join('')}</ul></details></section>`;
}

/** The runtime's modules are text in a bundle and have no file. The stores of package managers have long paths. */
export function nameOf(file: string, originOf: FindOrigin): string {
  return file.startsWith('<data:') ? originOf(file).name : file.replace(/^.*\bnode_modules\//, 'node_modules/');
}

/** For a package, its name and the file name. For a file of the project, the last two parts of its path. */
function shortName(file: string, originOf: FindOrigin): string {
  const parts = nameOf(file, originOf).split('/');
  const { kind, name } = originOf(file);
  return kind === 'package' && parts.length > 2 ? `${name}: ${parts[parts.length - 1]}` : parts.slice(-2).join('/');
}
