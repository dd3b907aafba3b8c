import { loadEveryRouter, VerifiableRouter } from './load-every-router';
import { describeFailures } from './load-failures';
import { withCopy } from './sandbox';
import { sendRequests } from './smoke/send-requests';
import { toSmokeEvents } from './smoke/smoke-event';
import { smokeProblem } from './smoke/smoke-failures';
import { readSmokeRequests, SmokeRequest } from './smoke/smoke-requests';
import { RouterKinds } from '../../contract/router-kind';
import { aKnownString, checkOptionsOf, mapOf, must, objectOf, optional } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { knownAtSynthesis } from '../../private/limits';
import { aVariable } from '../../private/variables';
import { Asset, manifestFile } from '../asset';
import { Build } from '../build';
import { describeBuild } from '../manifest';

/** What Lambda would give the function, as far as synthesis knows it. */
export interface VerifyContext {
  /** The function's environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** The variables whose values only deployment knows. They have plausible values instead. */
  readonly standIns: readonly string[];
}

/** What was learned by loading the routers. */
export interface Verified {
  readonly kinds: RouterKinds;
  /** About the routers that this machine cannot verify. */
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

  /**
   * A JSON file with smoke requests: `[{ "request": "GET /api/users?limit=1", "status": 200 }]`. Verification sends them to the built asset, without
   * a network, and fails synthesis when a router answers with another status. A template that is not in the asset, or a dependency that loads a file
   * at the first query, then never reaches production.
   *
   * Each request has `request`, a method and a path. It may have `status` (200 by default), `headers`, `body` (text, or JSON) and `authorizer`: what
   * an authorizer passes to the function, as `requestContext.authorizer` of payload format 2.0. A router that tries to reach the network proves
   * nothing, so its status is not compared.
   *
   * A relative path is resolved from the directory in which the CDK app runs.
   *
   * @default - routers are loaded, and no request is sent
   */
  readonly requests?: string;
}

/** How long a smoke request may take, in milliseconds. */
const REQUEST_LIMIT_MS = 10_000;

const aVariableName = must('a name that an environment variable can have', (value) => /^[^=\0]+$/.test(value as string));

const OPTIONS = objectOf<VerifyAtSynthOptions>(optional({
  environment: mapOf(knownAtSynthesis(aVariable, 'verification runs at synthesis; set a value that the router can load with'), aVariableName),
  requests: aKnownString,
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
    checkOptionsOf('VERIFY', 'Verify.atSynth', options, OPTIONS);
    return new AtSynth(options.environment ?? {}, options.requests === undefined ? [] : readSmokeRequests(options.requests));
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

  /**
   * Throws when a router of the assembled asset does not answer a smoke request as declared.
   * @internal
   */
  public abstract _smokeTest(asset: Asset, build: Build, context: VerifyContext): void;
}

class Off extends Verify {
  public readonly _key = 'off';

  public _verify(): Verified {
    return { kinds: new Map(), warnings: [] };
  }

  public _smokeTest(): void {}
}

class AtSynth extends Verify {
  constructor(private readonly variables: Readonly<Record<string, string>>, private readonly requests: readonly SmokeRequest[]) {
    super();
  }

  public get _key(): string {
    return `at synth ${JSON.stringify([this.variables, this.requests])}`;
  }

  public _verify(build: Build, context: VerifyContext): Verified {
    const { code: { handler, loader }, built: { files, externals } } = build;
    // The runtime reads the manifest to name the chunk that fails. What kind a router is of is not known before it has loaded.
    const manifest = describeBuild(build, new Map(), 0);
    const code = { files: [...files, manifestFile(manifest)], routers: routersOf(build), externals, handler, loader };
    const { kinds, failures } = loadEveryRouter(code, { ...context.environment, ...this.variables });

    const judged = failures.map((failure) => ({ failure, reason: loader.inconclusiveReason(failure, externals) }));
    const wrong = judged.filter(({ reason }) => reason === undefined).map(({ failure }) => failure);
    const standIns = context.standIns.filter((name) => !Object.hasOwn(this.variables, name));
    if (wrong.length > 0) throw new LazyApiError('ROUTER_DOES_NOT_LOAD', describeFailures(wrong, { loader, manifest, standIns }));
    if (!build.streaming) checkNoneStreams(build, kinds);
    return { kinds, warnings: judged.map(({ failure, reason }) => `${failure.prefix} could not be verified: ${reason}`) };
  }

  public _smokeTest({ files }: Asset, { code, built: { externals } }: Build, context: VerifyContext): void {
    const { requests } = this;
    if (requests.length === 0) return;
    const { loader, handler } = code;
    const events = toSmokeEvents(requests, code.routers.map(({ prefix }) => prefix));
    // Installed packages are those of the function's platform. Here, the project's own copies are linked.
    const problem = withCopy({ files, externals, handler, loader }, { ...context.environment, ...this.variables }, (copy) => {
      const run = sendRequests(loader.smokeCommand, events, copy, REQUEST_LIMIT_MS);
      return smokeProblem({ requests, events, run, directory: copy.directory, fileAdvice: loader.advice.file });
    });
    if (problem !== undefined) throw new LazyApiError('SMOKE_REQUEST', problem);
  }
}

function routersOf({ code: { routers }, built: { routerFiles } }: Build): VerifiableRouter[] {
  return routers.map(({ prefix, name, entry }) => ({ prefix, entry, file: routerFiles.get(name)! }));
}

/** Streaming handlers are called with a stream, and an endpoint that does not stream has none for them. */
function checkNoneStreams({ code: { routers } }: Build, kinds: RouterKinds): void {
  const streaming = routers.filter(({ prefix }) => kinds.get(prefix) === 'stream').map(({ prefix, entry }) => `"${prefix}" (${entry})`);
  if (streaming.length === 0) return;
  throw new LazyApiError(
    'ROUTER_STREAMS',
    `${streaming.join(', ')}: the handler streams its answer (awslambda.streamifyResponse), and the endpoint does not; `
    + 'use ApiEndpoint.rest({ streaming: true }) or ApiEndpoint.functionUrl({ streaming: true }), or export a handler that returns its answer',
  );
}
