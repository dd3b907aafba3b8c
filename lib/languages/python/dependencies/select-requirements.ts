import { lockError, dependencyError } from './errors';
import { evaluateMarker, MarkerEnvironment } from './requirements/marker';
import { LockedRequirement, normalizeName } from './requirements/requirement';

/** How many similar names an error lists. */
const SIMILAR_SHOWN = 5;

/** The requirements whose markers hold, one for each package, sorted by name. */
export function selectRequirements(requirements: readonly LockedRequirement[], environment: MarkerEnvironment): LockedRequirement[] {
  const selected = new Map<string, LockedRequirement>();
  for (const one of requirements.filter(({ marker }) => marker === undefined || evaluateMarker(marker, environment))) {
    const other = selected.get(one.name);
    if (other !== undefined && other.version !== one.version) {
      throw lockError(
        `the lock file must have one version of "${one.name}" for Lambda, got ${other.version} and ${one.version}; lock the dependencies again`,
      );
    }
    const isDirect = other?.isDirect || one.isDirect;
    selected.set(one.name, { ...one, ...isDirect !== undefined && { isDirect } });
  }
  return [...selected.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

type RequirementList = readonly LockedRequirement[];

/** Leaves packages out. Throws an error for a name that the lock file does not have. */
export function withoutPackages(requirements: RequirementList, excluded: readonly string[], all: RequirementList): LockedRequirement[] {
  const names = new Set(all.map(({ name }) => name));
  for (const given of excluded) {
    const name = normalizeName(given);
    if (!names.has(name)) throw unknownPackage(given, name, [...names]);
  }
  const left = new Set(excluded.map(normalizeName));
  return requirements.filter(({ name }) => !left.has(name));
}

/** A distribution often has another name than the module that it brings: python-dateutil and dateutil. */
function unknownPackage(given: string, name: string, names: readonly string[]): Error {
  const parts = name.split('-');
  const similar = [...new Set(names)].filter((other) => parts.some((part) => part.length > 2 && other.includes(part))).sort().slice(0, SIMILAR_SHOWN);
  const advice = similar.length > 0 ? `did you mean ${similar.map((one) => `"${one}"`).join(' or ')}?` : 'remove it';
  return dependencyError(`excludePackages must name packages of the lock file, as the package index names them, got "${given}"; ${advice}`);
}
