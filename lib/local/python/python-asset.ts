import { foreign, lockedPackages } from './foreign-packages';
import { hostPackages } from './local-packages';
import { pythonApi } from './python-api';
import type { LocalAsset } from '../assembly/local-asset';
import { assetOf, SynthesizedApi } from '../assembly/synthesized-api';
import type { Programs } from '../language/programs';

/** The asset itself. If its packages are for another machine, those of the lock file for this machine replace them. */
export function pythonAsset(api: SynthesizedApi, programs: Programs): LocalAsset {
  const asset = { directory: assetOf(api), close: () => {} };
  const found = pythonApi(api, programs);
  if (found.fits) return asset;
  const locked = lockedPackages(api, found);
  if ('warning' in locked) return { ...asset, notes: [locked.warning] };
  const { dependencies } = locked;
  const packages = hostPackages(dependencies, found.python);
  if (packages === undefined) return asset;
  const { missingOnHost } = dependencies;
  const missing = missingOnHost.length === 0 ? '' : `, except ${missingOnHost.join(', ')}, which have no wheel for this machine`;
  return { ...asset, packages, notes: [`${foreign(api)}: the versions of the lock file for this machine are used${missing}`] };
}
