import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const directories: string[] = [];

/** Creates a user project in its own folder, which is removed after the tests of the file. */
export function project(files: { readonly [file: string]: string }, name = 'app'): string {
  const root = path.join(scratch(), name);
  writeFiles(root, { 'package.json': '{ "name": "app", "private": true }', 'package-lock.json': '{}', ...files });
  return root;
}

export function writeFiles(root: string, files: { readonly [file: string]: string }): void {
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  }
}

export function scratch(): string {
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lazy-api-test-')));
  directories.push(directory);
  return directory;
}

/** Every file below a directory, relative to it, sorted. */
export function listFiles(directory: string): string[] {
  return (fs.readdirSync(directory, { recursive: true }) as string[])
    .filter((file) => fs.statSync(path.join(directory, file)).isFile())
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

afterAll(() => {
  for (const directory of directories.splice(0)) fs.rmSync(directory, { recursive: true, force: true });
});

/** The source of a router that returns its name. */
export function handlerSource(name: string): string {
  return `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(name)} });\n`;
}
