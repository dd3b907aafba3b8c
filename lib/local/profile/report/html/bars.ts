import { escapeHtml } from './escape-html';
import type { ProfileReport } from '../../profile-report';
import type { ColdStartTimes } from '../../times';
import { hasBase, kilobytes, milliseconds, ownSize } from '../cells';

/** A part of a bar. */
interface Part {
  readonly kind: 'init' | 'load' | 'first' | 'other';
  readonly value: number;
}

interface Row {
  readonly title: string;
  readonly bars: ReadonlyArray<readonly Part[]>;
  readonly cells: readonly string[];
}

const COLD_PARTS: ReadonlyArray<readonly [kind: Part['kind'], title: string]> = [
  ['init', 'INIT'], ['load', 'loading the router'], ['first', 'the rest of the first response'],
];

/** The routers: their cold starts, or what they load if nothing was measured. */
export function renderRouters(report: ProfileReport): string {
  const times = ownSize(report)?.builds.lazy;
  if (!times) return renderBytes(report);
  const rows = [{ prefix: 'mean', ...times.mean }, ...times.routers].map((router) => ({
    title: router.prefix,
    bars: [coldParts(router)],
    cells: [router.initMs, router.loadMs, router.firstMs, router.warmMs, router.coldMs].map(milliseconds).concat(
      router.peakMemoryMb === undefined ? '-' : `${Math.round(router.peakMemoryMb)} MB`,
    ),
  }));
  return `${legend(COLD_PARTS)}${renderRows(['Router', 'Cold start', 'INIT', 'Load', 'First', 'Warm', 'Cold', 'Memory'], rows)}`;
}

function renderBytes({ counters: { init, routers } }: ProfileReport): string {
  const rows = routers.map(({ prefix, first }): Row => ({
    title: prefix,
    bars: [[{ kind: 'init', value: init.bytes }, { kind: 'load', value: first.bytes }]],
    cells: [kilobytes(first.bytes), String(first.files), String(first.modules)],
  }));
  const key = legend([['init', `INIT, ${kilobytes(init.bytes)} KB`], ['load', 'what the first request loads']]);
  return `${key}${renderRows(['Router', 'Code', 'KB', 'Files', 'Modules'], rows)}`;
}

/** The mean cold starts by memory size, each build with a bar. Empty if nothing was measured. */
export function renderSizes({ times }: ProfileReport): string {
  if (!times) return '';
  const rows = times.sizes.map(({ memoryMb, estimated, builds }): Row => {
    const other = builds.base ?? builds.monolith;
    return {
      title: `${memoryMb} MB${estimated ? ' (estimate)' : ''}`,
      bars: [builds.lazy ? coldParts(builds.lazy.mean) : [], other ? [{ kind: 'other', value: other.mean.coldMs }] : []],
      cells: [builds.lazy, other, builds.empty].map((build) => milliseconds(build?.mean.coldMs)),
    };
  });
  const name = hasBase(times) ? 'Base' : 'Monolith';
  const key = legend([...COLD_PARTS, ['other', name]]);
  const table = renderRows(['Memory', 'Cold start', 'Lazy', name, 'Empty'], rows);
  return `<h2>Memory sizes</h2><p>Mean cold starts over all routers, in ms.</p>${key}${table}`;
}

function coldParts({ initMs, loadMs = 0, firstMs }: ColdStartTimes): Part[] {
  const load = Math.min(loadMs, firstMs);
  return [{ kind: 'init', value: initMs }, { kind: 'load', value: load }, { kind: 'first', value: firstMs - load }];
}

function renderRows(header: readonly string[], rows: readonly Row[]): string {
  const longest = Math.max(...rows.flatMap(({ bars }) => bars.map(lengthOf)));
  const head = header.map((title, i) => `<th scope="col"${i === 1 ? ' class="bars"' : ''}>${escapeHtml(title)}</th>`).join('');
  const body = rows.map(({ title, bars, cells }) => `<tr><th scope="row">${escapeHtml(title)}</th><td class="bars">`
    + `${bars.map((parts) => renderBar(parts, longest)).join('')}</td>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`);
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(header[1])}">`
    + `<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

function renderBar(parts: readonly Part[], longest: number): string {
  const pieces = parts.map(({ kind, value }) => `<span class="${kind}" style="width:${((100 * value) / longest).toFixed(2)}%"></span>`);
  return `<div class="bar" aria-hidden="true">${pieces.join('')}</div>`;
}

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

function legend(keys: ReadonlyArray<readonly [kind: Part['kind'], title: string]>): string {
  return `<p class="dim">${keys.map(([kind, title]) => `<span class="key ${kind}"></span>${escapeHtml(title)}`).join('')}</p>`;
}
