import * as fs from 'node:fs';
import * as path from 'node:path';
import { SynthesizedApi } from './synthesized-api';
import type { ModuleGraph } from '../../contract/api-description';

/** Which source files are in which chunk of an API's asset. */
export function readModuleGraph({ directory, description }: SynthesizedApi): ModuleGraph {
  return JSON.parse(fs.readFileSync(path.join(directory, description.code.modules), 'utf8')) as ModuleGraph;
}
