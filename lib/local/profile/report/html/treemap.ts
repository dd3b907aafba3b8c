/** Something with a size. */
export interface Sized {
  readonly bytes: number;
}

/** A place in the treemap, in pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type Tile<Item> = Rectangle & { readonly item: Item };

/**
 * Divides a rectangle into nearly square tiles, by the sizes of the items. Rows run along the shorter side. A row is filled as long as its worst tile
 * improves. Items are sorted by size, largest first.
 *
 * @see Bruls, Huizing, van Wijk: Squarified Treemaps, 2000
 */
export function treemap<Item extends Sized>(items: readonly Item[], area: Rectangle): Array<Tile<Item>> {
  const tiles: Array<Tile<Item>> = [];
  let free = area;
  for (let rest = items; rest.length > 0;) {
    const scale = (free.width * free.height) / sumOf(rest);
    const side = Math.min(free.width, free.height);
    let length = 1;
    while (length < rest.length && worst(rest.slice(0, length + 1), side, scale) <= worst(rest.slice(0, length), side, scale)) length++;
    const row = rest.slice(0, length);
    tiles.push(...layOut(row, free, scale));
    free = without(free, (sumOf(row) * scale) / side);
    rest = rest.slice(length);
  }
  return tiles;
}

/** The aspect ratio of the worst tile in a row. */
function worst(row: readonly Sized[], side: number, scale: number): number {
  const breadth = (sumOf(row) * scale) / side;
  return Math.max(...row.map(({ bytes }) => {
    const length = (bytes * scale) / breadth;
    return Math.max(length / breadth, breadth / length);
  }));
}

function layOut<Item extends Sized>(row: readonly Item[], free: Rectangle, scale: number): Array<Tile<Item>> {
  const isColumn = free.width >= free.height;
  const breadth = (sumOf(row) * scale) / Math.min(free.width, free.height);
  let at = 0;
  return row.map((item) => {
    const length = (item.bytes * scale) / breadth;
    const tile = isColumn
      ? { left: free.left, top: free.top + at, width: breadth, height: length }
      : { left: free.left + at, top: free.top, width: length, height: breadth };
    at += length;
    return { ...tile, item };
  });
}

function without({ left, top, width, height }: Rectangle, breadth: number): Rectangle {
  if (width >= height) return { left: left + breadth, top, width: Math.max(0, width - breadth), height };
  return { left, top: top + breadth, width, height: Math.max(0, height - breadth) };
}

function sumOf(items: readonly Sized[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0);
}
