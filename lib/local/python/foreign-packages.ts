import * as fs from 'node:fs';
import type { PythonApi } from './python-api';
import { LockedDependencies } from '../../languages/python/dependencies/locked-dependencies';
import type { PythonDependencies } from '../../languages/python/dependencies/python-dependencies';
import { readModuleGraph } from '../assembly/read-module-graph';
import type { SynthesizedApi } from '../assembly/synthesized-api';

/** The packages of the lock file. A warning if the project no longer has it. */
export type LockedPackages = { readonly dependencies: PythonDependencies } | { readonly warning: string };

/** Installs what replaces packages in an asset that are for another machine. */
export function lockedPackages(api: SynthesizedApi, { application: { excludePackages }, request }: PythonApi): LockedPackages {
  const warning = `${foreign(api)}, and the lock file is not where it was at synthesis`;
  if (!fs.existsSync(request.entry)) return { warning };
  const dependencies = new LockedDependencies({ excludePackages }).install(request);
  return dependencies.distributions.length === 0 && hasPackages(api) ? { warning } : { dependencies };
}

export function foreign({ description: { function: { runtime, architecture } } }: SynthesizedApi): string {
  return `the packages in the asset are for ${runtime} on ${architecture}`;
}

function hasPackages(api: SynthesizedApi): boolean {
  return readModuleGraph(api).origins.some(({ kind }) => kind === 'package');
}
