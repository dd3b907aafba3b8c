import { existsSync, readFileSync, statSync } from 'fs';
import { createServer, Server } from 'http';
import * as path from 'path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Serves the files of a folder below a path, as GitHub Pages does: `/guide` is `guide.html`. */
export async function serve(folder: string, base: string): Promise<Server> {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url!, 'http://localhost').pathname);
    const file = name.startsWith(base) ? fileOf(path.join(folder, name.slice(base.length))) : undefined;
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function fileOf(name: string): string | undefined {
  return [name, `${name}.html`, path.join(name, 'index.html')].find((file) => existsSync(file) && statSync(file).isFile());
}
