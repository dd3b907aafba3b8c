import { LoadFailure, RouterLoader } from './router-loader';
import { ApiManifest } from '../../contract/manifest';

/** How much of an error's message is shown, in characters. */
const MESSAGE_SHOWN = 2000;

/** How many of the routers that fail alike are named. */
const ROUTERS_SHOWN = 3;

export interface Circumstances {
  readonly loader: RouterLoader;
  /** What was built. */
  readonly manifest: ApiManifest;
  /** The environment variables whose values only deployment knows. Verification used plausible ones. */
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
    `${failures.length === 1 ? 'a router does' : `${failures.length} routers do`} not load from the built asset and would answer 500 in production`,
    ...[...groups.values()].map((group) => describeGroup(group, circumstances.manifest)),
    adviceFor(failures, circumstances).join('\n'),
  ].join('\n\n');
}

/** Routers that fail for one reason are described once. */
function describeGroup(group: readonly LoadFailure[], manifest: ApiManifest): string {
  const [{ chunk, missingModule, message }] = group;
  const more = group.length > ROUTERS_SHOWN ? [`          and ${group.length - ROUTERS_SHOWN} more`] : [];
  return [
    ...group.slice(0, ROUTERS_SHOWN).map(({ prefix, entry }) => `  router  ${prefix} (${entry})`),
    ...more,
    ...chunk === undefined ? [] : [`  chunk   ${chunk}${describeContents(chunk, manifest)}`],
    ...missingModule === undefined ? [] : [`  missing ${missingModule}`],
    `  error   ${message.slice(0, MESSAGE_SHOWN).replace(/\n/g, '\n          ')}`,
  ].join('\n');
}

/** The name of a shared chunk says nothing, what it holds does. */
function describeContents(file: string, { sharedChunks }: ApiManifest): string {
  const contents = sharedChunks.find((chunk) => chunk.file === file)?.contents ?? [];
  return contents.length > 0 ? ` (${contents.join(', ')})` : '';
}

function adviceFor(failures: readonly LoadFailure[], { loader, standIns }: Circumstances): string[] {
  const missing = failures.some(({ missingModule, advice }) => missingModule !== undefined && advice === undefined);
  const others = failures.some(({ missingModule, advice }) => missingModule === undefined && advice === undefined);
  const kinds = Object.keys(loader.advice).filter((kind) => failures.some(({ advice }) => advice === kind));
  return [
    ...missing ? ['Mend the import of the missing module; with verify: Verify.off() if it exists in Lambda only.'] : [],
    ...kinds.map((kind) => loader.advice[kind]),
    ...others ? [LOAD_ADVICE] : [],
    ...others && standIns.length > 0 ? [standInAdvice(standIns)] : [],
    ...others && loader.versionAdvice !== undefined ? [loader.versionAdvice] : [],
  ];
}

const LOAD_ADVICE = 'Mend what the module does when it is loaded. It must not need a network, and variables that it needs must be in the '
  + 'environment prop: those that addEnvironment() adds later are not there yet.';

function standInAdvice(standIns: readonly string[]): string {
  return `Known at deployment only, so a plausible value stood in for: ${standIns.join(', ')}. `
    + 'Say better ones with Verify.atSynth({ environment: { ... } }).';
}
