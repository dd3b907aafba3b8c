import { LoadFailure } from './load-every-router';
import { ApiManifest } from '../../contract/manifest';

/** How much of an error's message is shown, in characters. */
const MESSAGE_SHOWN = 2000;

/** How many of the routers that fail alike are named. */
const ROUTERS_SHOWN = 3;

export interface Circumstances {
  /** The major version of Node.js in Lambda. */
  readonly nodeMajor: number;
  /** The variables for whose values others stood in. */
  readonly standIns: readonly string[];
}

/** The text of the error that synthesis ends with. */
export function explain(failures: readonly LoadFailure[], manifest: ApiManifest, circumstances: Circumstances): string {
  const groups = new Map<string, LoadFailure[]>();
  for (const failure of failures) {
    const reason = `${failure.chunk} ${failure.message}`;
    groups.set(reason, [...groups.get(reason) ?? [], failure]);
  }
  return [
    `${failures.length === 1 ? 'a router does' : `${failures.length} routers do`} not load from the built asset and would answer 500 in production`,
    ...[...groups.values()].map((group) => describe(group, manifest)),
    adviceFor(failures, circumstances).join('\n'),
  ].join('\n\n');
}

/** Routers that fail for one reason are described once. */
function describe(group: readonly LoadFailure[], manifest: ApiManifest): string {
  const [{ chunk, missingModule, message }] = group;
  const more = group.length > ROUTERS_SHOWN ? [`          and ${group.length - ROUTERS_SHOWN} more`] : [];
  return [
    ...group.slice(0, ROUTERS_SHOWN).map(({ prefix, entry }) => `  router  ${prefix} (${entry})`),
    ...more,
    ...chunk === undefined ? [] : [`  chunk   ${chunk}${contentsOf(chunk, manifest)}`],
    ...missingModule === undefined ? [] : [`  missing ${missingModule}`],
    `  error   ${message.slice(0, MESSAGE_SHOWN).replace(/\n/g, '\n          ')}`,
  ].join('\n');
}

/** The name of a shared chunk says nothing, what it holds does. */
function contentsOf(file: string, { sharedChunks }: ApiManifest): string {
  const contents = sharedChunks.find((chunk) => chunk.file === file)?.contents ?? [];
  return contents.length > 0 ? ` (${contents.join(', ')})` : '';
}

function adviceFor(failures: readonly LoadFailure[], { nodeMajor, standIns }: Circumstances): string[] {
  const some = (test: (failure: LoadFailure) => boolean, text: string) => (failures.some(test) ? [text] : []);
  const isOther = ({ missingModule, advice }: LoadFailure) => missingModule === undefined && advice === undefined;
  return [
    ...some(({ missingModule }) => missingModule !== undefined, 'Mend the import of the missing module; with verify: Verify.off() if it exists in Lambda only.'),
    ...some(({ advice }) => advice === 'export', 'Export a function (event, context), or an object with fetch(request), as default or as "handler".'),
    ...some(({ advice }) => advice === 'file', 'The asset holds code only: import the file, with a loader for it, like bundling.loader { ".txt": "text" }.'),
    ...some(isOther, 'Mend what the module does when it is loaded. It must not need a network, and variables that it needs must be in the environment prop: those that addEnvironment() adds later are not there yet.'),
    ...standIns.length > 0
      ? some(isOther, `Known at deployment only, so a plausible value stood in for: ${standIns.join(', ')}. Say better ones with Verify.atSynth({ environment: { ... } }).`)
      : [],
    ...hostMajor() < nodeMajor
      ? some(isOther, `Synthesis runs on Node.js ${process.version}, the function on ${nodeMajor}: if the cause is a newer API, synthesise with that version.`)
      : [],
  ];
}

export function hostMajor(): number {
  return Number(process.versions.node.split('.')[0]);
}
