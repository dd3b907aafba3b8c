import * as fs from 'node:fs';
import { hostPackages } from './local-packages';
import { pythonApi } from './python-api';
import { LockedDependencies } from '../../languages/python/dependencies/locked-dependencies';
import type { LocalAsset } from '../assembly/local-asset';
import { assetOf, SynthesizedApi } from '../assembly/synthesized-api';
import type { Programs } from '../language/programs';

/** The asset itself. If its packages are for another machine, those of the lock file for this machine replace them. */
export function pythonAsset(api: SynthesizedApi, programs: Programs): LocalAsset {
  const asset = { directory: assetOf(api), close: () => {} };
  const { application, request, python, fits } = pythonApi(api, programs);
  if (fits) return asset;
  if (!fs.existsSync(request.entry)) return { ...asset, notes: [`${foreign(api)}, and the lock file is not where it was at synthesis`] };
  const dependencies = new LockedDependencies({ excludePackages: application.excludePackages }).install(request);
  const packages = hostPackages(dependencies, python);
  if (packages === undefined) return asset;
  const { missingOnHost } = dependencies;
  const missing = missingOnHost.length === 0 ? '' : `, except ${missingOnHost.join(', ')}, which have no wheel for this machine`;
  return { ...asset, packages, notes: [`${foreign(api)}: the same versions for this machine are used${missing}`] };
}

function foreign({ description: { function: { runtime, architecture } } }: SynthesizedApi): string {
  return `the packages in the asset are for ${runtime} on ${architecture}`;
}
