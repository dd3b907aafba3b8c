import { SynthesizedApi } from './synthesized-api';
import { LocalError } from '../local-error';

/** Selects an API of an assembly. */
export interface ApiSelection {
  /** The name of a stack. */
  readonly stack?: string;
  /** The path of a construct, or its end. */
  readonly construct?: string;
}

/** The selected APIs. Throws an error if there is none. */
export function matchingApis(apis: readonly SynthesizedApi[], { stack, construct }: ApiSelection): SynthesizedApi[] {
  const matching = apis.filter((api) => (stack === undefined || api.stack === stack) && (construct === undefined || isAt(api.path, construct)));
  if (matching.length > 0) return matching;
  const asked = [stack === undefined ? [] : `--stack ${stack}`, construct === undefined ? [] : `--construct ${construct}`].flat().join(' ');
  throw new LocalError(`no API matches ${asked}; there are:\n${listOf(apis)}`);
}

/** The only selected API. Throws an error if there are several. */
export function selectApi(apis: readonly SynthesizedApi[], selection: ApiSelection): SynthesizedApi {
  const matching = matchingApis(apis, selection);
  if (matching.length === 1) return matching[0];
  throw new LocalError(`${matching.length} APIs match; choose one with --stack or --construct:\n${listOf(matching)}`);
}

function isAt(path: string, construct: string): boolean {
  return path === construct || path.endsWith(`/${construct}`);
}

function listOf(apis: readonly SynthesizedApi[]): string {
  return apis.map(({ path, stack }) => `  --stack ${stack} --construct ${path}`).join('\n');
}
