import { Rectangle, Sized, Tile, treemap } from './treemap';

/** A module, or several that are too small for separate tiles. */
export interface Content extends Sized {
  /** Undefined for several modules. */
  readonly file?: string;
  readonly count: number;
}

/** The minimum size of a touch target, in pixels: https://www.w3.org/TR/WCAG22/#target-size-minimum */
const LEAST_SIDE = 24;

/** A treemap of modules. The smallest modules share one tile, so that every tile is large enough to touch. */
export function legibleTiles(modules: Readonly<Record<string, number>>, area: Rectangle): Array<Tile<Content>> {
  const contents = Object.entries(modules).map(([file, bytes]) => ({ file, bytes, count: 1 }));
  const all = contents.sort((a, b) => b.bytes - a.bytes || (a.file < b.file ? -1 : 1));
  const least = (sumOf(all) * LEAST_SIDE ** 2) / (area.width * area.height);
  for (let own = all.filter(({ bytes }) => bytes >= least).length; own > 0; own--) {
    const tiles = treemap(withRest(all.slice(0, own), all.slice(own)), area);
    if (tiles.every(({ width, height, item }) => item.file === undefined || Math.min(width, height) >= LEAST_SIDE)) return tiles;
  }
  return treemap(withRest([], all), area);
}

function withRest(own: readonly Content[], rest: readonly Content[]): Content[] {
  if (rest.length === 0) return [...own];
  return [...own, { bytes: sumOf(rest), count: rest.length }].sort((a, b) => b.bytes - a.bytes);
}

function sumOf(items: readonly Sized[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0);
}
