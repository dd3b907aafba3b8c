import { assembleAsset } from '../asset';
import { Build } from '../../languages/javascript/bundle';
import { explain, hostMajor } from './load-failures';
import { RouterKinds } from '../manifest';
import { packageName, Sandbox } from './sandbox';
import { loadEveryRouter, LoadFailure } from './load-every-router';
import { demandOptions, mapOf, must, objectOf, optional } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { knownAtSynthesis } from '../../private/limits';
import { aVariable } from '../../private/variables';

/** What Lambda would give the function, as far as synthesis knows it. */
export interface VerifyContext extends Sandbox {
  /** The variables whose values only deployment knows, so that others stand in for them. */
  readonly standIns: readonly string[];
  /** The major version of Node.js in Lambda. */
  readonly nodeMajor: number;
}

/** What was learnt by loading the routers. */
export interface Verified {
  readonly kinds: RouterKinds;
  /** About the routers that this machine cannot judge. */
  readonly warnings: readonly string[];
}

/**
 * Options of `Verify.atSynth`.
 */
export interface VerifyAtSynthOptions {
  /**
   * Environment variables for verification alone: they win over the function's.
   *
   * For variables that a router checks when it is loaded and whose values only deployment knows: `{ MAX_UPLOAD: '10' }`. The values may not be
   * tokens, because verification runs at synthesis.
   *
   * @default - the function's, with plausible values for what only deployment knows
   */
  readonly environment?: { [name: string]: string };
}

const aVariableName = must('a name that an environment variable can have', (value) => /^[^=\0]+$/.test(value as string));

const OPTIONS = objectOf<VerifyAtSynthOptions>(optional({
  environment: mapOf(knownAtSynthesis(aVariable, 'verification runs at synthesis; set a value that the router can load with'), aVariableName),
}));

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
  public static atSynth(options: VerifyAtSynthOptions = {}): Verify {
    demandOptions('VERIFY', 'Verify.atSynth', options, OPTIONS);
    return new AtSynth(options);
  }

  /** Proves nothing: a router that does not load answers 500 in production. */
  public static off(): Verify {
    return new Off();
  }

  /**
   * Equal for two that verify alike.
   * @internal
   */
  public abstract readonly _key: string;

  /**
   * Throws when a router does not load.
   * @internal
   */
  public abstract _verify(build: Build, context: VerifyContext): Verified;
}

class Off extends Verify {
  public readonly _key = 'off';

  public _verify(): Verified {
    return { kinds: new Map(), warnings: [] };
  }
}

class AtSynth extends Verify {
  constructor(private readonly options: VerifyAtSynthOptions) {
    super();
  }

  public get _key(): string {
    return `at synth ${JSON.stringify(this.options.environment)}`;
  }

  public _verify(build: Build, context: VerifyContext): Verified {
    const given = this.options.environment ?? {};
    const environment = { ...context.environment, ...given };
    const standIns = context.standIns.filter((name) => !Object.hasOwn(given, name));
    const asset = assembleAsset(build);
    const { kinds, failures } = loadEveryRouter(asset, build.externals, { ...context, environment });
    const wrong = failures.filter((failure) => undecidable(failure, build, context) === undefined);
    if (wrong.length > 0) throw new LazyApiError('ROUTER_DOES_NOT_LOAD', explain(wrong, asset.manifest, { ...context, standIns }));
    if (!build.streaming) refuseStreamingHandlers(build, kinds);
    const warnings = failures.map((failure) => ({ prefix: failure.prefix, reason: undecidable(failure, build, context)! }));
    return { kinds, warnings: warnings.map(({ prefix, reason }) => `${prefix} could not be verified: ${reason}`) };
  }
}

/** They are called with a stream, and an endpoint that does not stream has none for them. */
function refuseStreamingHandlers({ routers }: Build, kinds: RouterKinds): void {
  const streaming = routers.filter(({ prefix }) => kinds.get(prefix) === 'stream').map(({ prefix, entry }) => `"${prefix}" (${entry})`);
  if (streaming.length === 0) return;
  throw new LazyApiError(
    'ROUTER_STREAMS',
    `${streaming.join(', ')}: the handler streams its answer (awslambda.streamifyResponse), and the endpoint does not; `
    + 'use ApiEndpoint.rest({ streaming: true }) or ApiEndpoint.functionUrl({ streaming: true }), or export a handler that returns its answer',
  );
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
