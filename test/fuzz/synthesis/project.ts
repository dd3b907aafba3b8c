/**
 * A project with routers, and apps that write to a separate folder.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type * as Library from './subject';

export type Subject = typeof Library;

let folder: string | undefined;

const root = (): string => (folder ??= realpathSync(mkdtempSync(join(tmpdir(), 'fuzz-synthesis-'))));

export function close(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
}

/** Writes the file of a router that returns its name. */
export function routerFile(name: string, code = `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(name)} });\n`): string {
  const file = join(root(), 'app/src', `${name}.ts`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(join(root(), 'app/package.json'), '{ "name": "app", "private": true }');
  writeFileSync(join(root(), 'app/package-lock.json'), '{}');
  writeFileSync(file, code);
  return file;
}

/** Without bundling, templates differ only in the asset's hash. */
export function newApp({ bundles = false } = {}): App {
  return new App({ outdir: join(root(), bundles ? 'bundled.out' : 'cdk.out'), analyticsReporting: false, context: { 'aws:cdk:enable-asset-metadata': true, ...!bundles && { 'aws:cdk:bundling-stacks': [] } } });
}
