import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './project.mjs';

const BENCH = join(import.meta.dirname, '..');

/** The code of the two routers that use native packages. The other eight respond from memory. */
const NATIVE = {
  thumbnails: ["import sharp from 'sharp';", "(await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).png().toBuffer()).length"],
  logins: ["import bcrypt from 'bcrypt';", "(await bcrypt.hash('secret', 4)).length"],
};

const NAMES = ['albums', 'comments', 'logins', 'people', 'photos', 'places', 'ratings', 'stories', 'thumbnails', 'visits'];

/** Ten routers. One uses sharp and another one bcrypt, which are installed next to the code. */
export function native(scratch) {
  const routers = Object.fromEntries(NAMES.map((name) => {
    const [imports, size] = NATIVE[name] ?? ['', `'${name}'.length`];
    return [name, { kind: 'fetch', source: `
      import { Hono } from 'hono';
      ${imports}
      const app = new Hono();
      app.get('/', async (c) => c.json({ router: '${name}', size: ${size} }));
      export default app;` }];
  }));
  const [manifest, lock] = ['package.json', 'package-lock.json'].map((file) => readFileSync(join(BENCH, file), 'utf8'));
  const app = project(scratch, 'native', routers, { 'package.json': JSON.stringify({ ...JSON.parse(manifest), type: 'module' }), 'package-lock.json': lock });
  return { ...app, nodeModules: ['sharp', 'bcrypt'] };
}
