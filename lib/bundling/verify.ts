import { assembleAsset } from './asset';
import { Build } from './bundle';
import { RouterKinds } from './manifest';
import { loadEveryRouter, LoadFailure, packageName, Sandbox } from './verification';
import { LazyApiError } from '../private/errors';

/** What Lambda would give the function, as far as synthesis knows it. */
export interface VerifyContext extends Sandbox {
  /** The major version of Node.js in Lambda. */
  readonly nodeMajor: number;
}

/** How much of an error's message is shown, in characters. */
const MESSAGE_SHOWN = 2000;

/** What was learnt by loading the routers. */
export interface Verified {
  readonly kinds: RouterKinds;
  /** About the routers that this machine cannot judge. */
  readonly warnings: readonly string[];
}

/**
 * Whether synthesis proves that every router loads.
 */
export abstract class Verify {
  /**
   * Loads every router from the built asset, alone in a fresh process, and fails synthesis when one does not load: a wrong
   * import path or a missing module never reaches production.
   *
   * The process gets the function's environment variables; values that only deployment knows are replaced by plausible ones.
   * It needs no network. Routers must not need one to load either.
   */
  public static atSynth(): Verify {
    return new AtSynth();
  }

  /** Proves nothing: a router that does not load answers 500 in production. */
  public static off(): Verify {
    return new Off();
  }

  /**
   * Throws when a router does not load.
   * @internal
   */
  public abstract _verify(build: Build, context: VerifyContext): Verified;
}

class Off extends Verify {
  public _verify(): Verified {
    return { kinds: new Map(), warnings: [] };
  }
}

class AtSynth extends Verify {
  public _verify(build: Build, context: VerifyContext): Verified {
    const { kinds, failures } = loadEveryRouter(assembleAsset(build), build.externals, context);
    const wrong = failures.filter((failure) => undecidable(failure, build, context) === undefined);
    if (wrong.length > 0) {
      throw new LazyApiError(
        'ROUTER_DOES_NOT_LOAD',
        `${wrong.length === 1 ? 'a router does' : `${wrong.length} routers do`} not load from the built asset and would answer 500 in production\n\n`
        + `${wrong.map(describe).join('\n\n')}\n\n${adviceFor(wrong, context)}`,
      );
    }
    return { kinds, warnings: failures.map((failure) => `${failure.prefix} could not be verified: ${undecidable(failure, build, context)}`) };
  }
}

/** Why a failure here says nothing about Lambda; undefined when it does. */
function undecidable(failure: LoadFailure, { externals }: Build, { nodeMajor }: VerifyContext): string | undefined {
  const external = externals.find((name) => [name, packageName(name)].includes(failure.missingModule ?? ''));
  if (external !== undefined) return `it imports "${external}", which is external to the bundle and not installed here`;
  if (failure.needsNewerNode && hostMajor() < nodeMajor) {
    return `it needs the Node.js ${nodeMajor} of the function, and synthesis runs on ${process.version} (${failure.message})`;
  }
  return undefined;
}

function describe({ prefix, entry, chunk, missingModule, message }: LoadFailure): string {
  return [
    `  router  ${prefix} (${entry})`,
    ...chunk === undefined ? [] : [`  chunk   ${chunk}`],
    ...missingModule === undefined ? [] : [`  missing ${missingModule}`],
    `  error   ${message.slice(0, MESSAGE_SHOWN).replace(/\n/g, '\n          ')}`,
  ].join('\n');
}

function adviceFor(wrong: readonly LoadFailure[], { nodeMajor }: VerifyContext): string {
  if (wrong.every(({ missingModule }) => missingModule !== undefined)) return 'Mend the import, or set verify: Verify.off() if the module exists in Lambda only.';
  return [
    'Mend what the module does when it is loaded. Variables that it needs must be in the environment prop: those that addEnvironment() adds later are not there yet.',
    ...hostMajor() < nodeMajor ? [`Synthesis runs on Node.js ${process.version}, the function on ${nodeMajor}: if the cause is a newer API, synthesise with that version.`] : [],
    'Set verify: Verify.off() if it can only load in Lambda.',
  ].join('\n');
}

function hostMajor(): number {
  return Number(process.versions.node.split('.')[0]);
}
