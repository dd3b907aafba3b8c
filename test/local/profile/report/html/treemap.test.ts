import { legibleTiles } from '../../../../../lib/local/profile/report/html/legible-tiles';
import { treemap } from '../../../../../lib/local/profile/report/html/treemap';

const AREA = { left: 0, top: 0, width: 600, height: 400 };

test('each tile has its share of the area, and no tiles overlap', () => {
  const items = [6, 6, 4, 3, 2, 2, 1].map((bytes) => ({ bytes }));
  const tiles = treemap(items, AREA);
  for (const { item, width, height } of tiles) expect(width * height).toBeCloseTo((item.bytes / 24) * 600 * 400, 5);
  for (const [i, a] of tiles.entries()) {
    for (const b of tiles.slice(i + 1)) {
      const overlaps = a.left + a.width > b.left + 1e-6 && b.left + b.width > a.left + 1e-6 && a.top + a.height > b.top + 1e-6 && b.top + b.height > a.top + 1e-6;
      expect(overlaps).toBe(false);
    }
  }
  expect(Math.max(...tiles.map(({ width, height }) => Math.max(width / height, height / width)))).toBeLessThan(3);
});

test('tiles of modules are large enough to click, and the smallest modules share a tile', () => {
  const modules = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`file-${i}.ts`, Math.round(100_000 / (i + 1) ** 1.5)]));
  const tiles = legibleTiles(modules, AREA);
  expect(tiles.reduce((sum, { item }) => sum + item.count, 0)).toBe(500);
  const own = tiles.filter(({ item }) => item.file !== undefined);
  expect(own.length).toBeGreaterThan(10);
  for (const { width, height } of own) expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
});

test('a single module fills the area, and the area is empty without modules', () => {
  expect(legibleTiles({ 'a.ts': 10 }, AREA)).toEqual([{ ...AREA, item: { file: 'a.ts', bytes: 10, count: 1 } }]);
  expect(legibleTiles({}, AREA)).toEqual([]);
});
