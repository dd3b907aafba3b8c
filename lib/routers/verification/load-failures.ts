import { LoadFailure, RouterLoader } from './router-loader';
import type { ModuleGraph } from '../../contract/api-description';
import { ApiManifest } from '../../contract/manifest';
import { importChain, renderChain } from '../import-chain';

/** How much of an error's message is shown, in characters. */
const MESSAGE_SHOWN = 2000;

/** How many of the routers that fail for the same reason an error names. */
const ROUTERS_SHOWN = 3;

export interface Circumstances {
  readonly loader: RouterLoader;
  /** What was built. */
  readonly manifest: ApiManifest;
  /** Which source files are in which chunk, if that is known. */
  readonly modules?: ModuleGraph;
  /** The environment variables whose values are known only at deployment. Verification used plausible ones. */
  readonly standIns: readonly string[];
}

/** The text of the error with which synthesis ends. */
export function describeFailures(failures: readonly LoadFailure[], circumstances: Circumstances): string {
  const groups = new Map<string, LoadFailure[]>();
  for (const failure of failures) {
    const reason = `${failure.chunk} ${failure.message}`;
    groups.set(reason, [...groups.get(reason) ?? [], failure]);
  }
  return [
    `${failures.length === 1 ? 'a router does' : `${failures.length} routers do`} not load from the built asset `
      + 'and would return 500 responses in production',
    ...[...groups.values()].map((group) => describeGroup(group, circumstances)),
    adviceFor(failures, circumstances).join('\n'),
  ].join('\n\n');
}

/** Routers that fail for the same reason are described once. */
function describeGroup(group: readonly LoadFailure[], { manifest, modules }: Circumstances): string {
  const [{ chunk, entry: first, missingModule, message }] = group;
  const chain = chunk !== undefined && modules ? chainTo(chunk, first, modules) : undefined;
  const more = group.length > ROUTERS_SHOWN ? [`          and ${group.length - ROUTERS_SHOWN} more`] : [];
  return [
    ...group.slice(0, ROUTERS_SHOWN).map(({ prefix, entry }) => `  router  ${prefix} (${entry})`),
    ...more,
    ...chunk === undefined ? [] : [`  chunk   ${chunk}${describeContents(chunk, manifest)}`],
    ...chain === undefined ? [] : [`  imports ${chain}`],
    ...missingModule === undefined ? [] : [`  missing ${missingModule}`],
    `  error   ${message.slice(0, MESSAGE_SHOWN).replace(/\n/g, '\n          ')}`,
  ].join('\n');
}

/** The import chain from a router to the code of a chunk. Undefined for its own chunk. */
function chainTo(file: string, entry: string, { chunks, imports }: ModuleGraph): string | undefined {
  const inputs = chunks.find((chunk) => chunk.file === file)?.inputs ?? {};
  const chain = importChain(imports, entry, (source) => (inputs[source] ?? 0) > 0);
  return chain && chain.length > 1 ? renderChain(chain) : undefined;
}

/** Describes a shared chunk by its contents, because its name is not meaningful. */
function describeContents(file: string, { sharedChunks }: ApiManifest): string {
  const contents = sharedChunks.find((chunk) => chunk.file === file)?.contents ?? [];
  return contents.length > 0 ? ` (${contents.join(', ')})` : '';
}

function adviceFor(failures: readonly LoadFailure[], { loader, standIns }: Circumstances): string[] {
  const missing = failures.some(({ missingModule, advice }) => missingModule !== undefined && advice === undefined);
  const others = failures.some(({ missingModule, advice }) => missingModule === undefined && advice === undefined);
  const kinds = Object.keys(loader.advice).filter((kind) => failures.some(({ advice }) => advice === kind));
  return [
    ...missing ? [loader.advice.missing ?? 'Fix the import of the missing module.'] : [],
    ...kinds.map((kind) => loader.advice[kind]),
    ...others ? [LOAD_ADVICE] : [],
    ...others && standIns.length > 0 ? [standInAdvice(standIns)] : [],
    ...others && loader.versionAdvice !== undefined ? [loader.versionAdvice] : [],
  ];
}

const LOAD_ADVICE = 'Fix what the module does when it loads. It must not need a network, and the variables that it needs must be in the '
  + 'environment prop. Variables that addEnvironment() adds later are not available yet.';

function standInAdvice(standIns: readonly string[]): string {
  return `These variables are known only at deployment, so verification used plausible values: ${standIns.join(', ')}. `
    + 'Set better values with Verify.atSynth({ environment: { ... } }).';
}
