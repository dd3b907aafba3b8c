import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { RouterKind } from '../../contract/router-kind';
import { LazyApiError } from '../../private/errors';
import { CodeFile } from '../../routers/built-code';
import { readManifest } from '../assembly/local-asset';
import { assetOf, SynthesizedApi } from '../assembly/synthesized-api';
import { LocalError } from '../local-error';
import { restoreCode } from '../rebuild/restore-code';

/** The routers of an API in one file. */
export interface Monolith {
  readonly directory: string;
  /** The size of its code, in bytes. */
  readonly bytes: number;
  close(): void;
}

/** Why there is no monolith. */
export interface NoMonolith {
  readonly note: string;
}

const PACKAGES = 'node_modules';

/**
 * Builds the monolith that the API would be without lazy loading: one file that imports all routers, with the same options and the same dispatch.
 *
 * @param asset the directory of the asset as this machine runs it; the other files that the routers need come from there
 */
export function buildMonolith(api: SynthesizedApi, asset: string): Monolith | NoMonolith {
  const files = monolithFiles(api);
  if (!Array.isArray(files)) return files as NoMonolith;
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lazy-api-')));
  fs.cpSync(asset, directory, { recursive: true, filter: (file) => file !== path.join(asset, PACKAGES) });
  if (fs.existsSync(path.join(asset, PACKAGES))) fs.symlinkSync(path.join(asset, PACKAGES), path.join(directory, PACKAGES), 'junction');
  for (const { path: file, contents } of files as CodeFile[]) {
    fs.mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    fs.writeFileSync(path.join(directory, file), contents);
  }
  const bytes = (files as CodeFile[]).filter((file) => file.path.endsWith('.mjs')).reduce((sum, { contents }) => sum + contents.length, 0);
  return { directory, bytes, close: () => fs.rmSync(directory, { recursive: true, force: true }) };
}

/** If the sources are missing, or have changed so that they do not build, the asset can still be profiled. */
function monolithFiles(api: SynthesizedApi): readonly CodeFile[] | NoMonolith {
  const kinds = readManifest(assetOf(api)).routers.flatMap(({ prefix, kind }) => (kind ? [[prefix, kind as RouterKind] as const] : []));
  try {
    const { code, options } = restoreCode(api);
    const files = code.buildMonolith?.(options.entry, new Map(kinds));
    return files ?? { note: `the monolith is left out: routers in ${code.language} cannot be built into one file` };
  } catch (error) {
    if (!(error instanceof LazyApiError) && !(error instanceof LocalError)) throw error;
    return { note: `the monolith is left out, because its sources do not build: ${error.message}` };
  }
}
