import * as fs from 'fs';
import * as path from 'path';
import { RUNTIME_MODULES, RuntimeModuleFile, runtimeModuleName } from '../../../contract/javascript/runtime-modules';
import { InternalError } from '../../../private/errors';

/** The runtime's modules as text, by the name under which a bundle imports them. */
export function runtimeSources(): { readonly [module: string]: string } {
  const read = (file: string) => {
    const found = path.join(__dirname, '..', '..', '..', 'runtime', file);
    if (!fs.existsSync(found)) throw new InternalError(`${found} is missing from the package`);
    return fs.readFileSync(found, 'utf8');
  };
  return Object.fromEntries((Object.keys(RUNTIME_MODULES) as RuntimeModuleFile[]).map((file) => [runtimeModuleName(file), read(`${file}.mjs`)]));
}
