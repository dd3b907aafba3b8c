import { withCopy } from './sandbox';
import { toSmokeEvents } from './smoke/smoke-event';
import { readSmokeRequests, SmokeRequest } from './smoke/smoke-requests';
import { smokeTest } from './smoke/smoke-test';
import { verifyRouters } from './verify-routers';
import { EventSource } from '../../contract/endpoint';
import { RouterKinds } from '../../contract/router-kind';
import { aKnownString, checkOptionsOf, mapOf, must, objectOf, optional } from '../../private/check';
import { knownAtSynthesis } from '../../private/limits';
import { aVariable } from '../../private/variables';
import { writeFiles } from '../../private/write-files';
import { manifestFile } from '../asset/asset';
import { describeBuild } from '../asset/manifest';
import { Build } from '../build';
import { ObservedImport } from '../preload/observed-import';
import { Warning } from '../warnings/warning';

/** What Lambda would provide to the function, as far as synthesis knows it. */
export interface VerifyContext {
  /** The function's environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** The variables whose values are known only at deployment. They have plausible values instead. */
  readonly standIns: readonly string[];
  /** What sends events to it. */
  readonly eventSource: EventSource;
}

/** What verification learned by running the code. */
export interface Verified {
  readonly kinds: RouterKinds;
  /** Imports between files of the asset that smoke requests have shown. */
  readonly imports: readonly ObservedImport[];
  /** The prefixes of the routers that responded to a smoke request as declared. */
  readonly proved: ReadonlySet<string>;
  /** Warnings about what this machine cannot verify. */
  readonly warnings: readonly Warning[];
}

/** Options for `Verify.atSynth`. */
export interface VerifyAtSynthOptions {
  /**
   * Environment variables for verification only. They override the function's variables.
   *
   * Use this for variables that a router checks when it loads and whose values are known only at deployment: `{ MAX_UPLOAD: '10' }`. The values
   * cannot be CDK tokens, because verification runs at synthesis.
   *
   * @default - the function's variables, with plausible values for those known only at deployment
   */
  readonly environment?: { [name: string]: string };

  /**
   * The path of a JSON file with smoke requests: `[{ "request": "GET /api/users?limit=1", "status": 200 }]`.
   *
   * Verification sends the requests to the built asset, without a network. Synthesis fails if a router responds with another status. This finds
   * templates that are missing from the asset, and dependencies that fail to load a file at the first query, before they reach production.
   *
   * Each request has `request`, which is a method and a path. It can also have `status` (200 by default), `headers`, `body` (text or JSON),
   * `isBase64Encoded` for a binary body, and `authorizer`, which is the authorizer context in `requestContext.authorizer`. The function receives
   * events in the format of its endpoint, or of an HTTP API for `ApiEndpoint.none()`. If a router tries to reach the network, its status is not
   * compared.
   *
   * Code that the requests import dynamically, such as the engine of an ORM, becomes part of the preload plan.
   *
   * A relative path is resolved from the directory that the CDK app runs in.
   *
   * @default - routers are loaded, but no requests are sent
   */
  readonly requests?: string;
}

const aVariableName = must('a name that an environment variable can have', (value) => /^[^=\0]+$/.test(value as string));

const OPTIONS = objectOf<VerifyAtSynthOptions>(optional({
  environment: mapOf(knownAtSynthesis(aVariable, 'verification runs at synthesis; set a value that the router can load with'), aVariableName),
  requests: aKnownString,
}));

/** Whether synthesis verifies that every router loads. */
export abstract class Verify {
  /**
   * Loads every router from the built asset, each in a new process. Synthesis fails if a router does not load, so a wrong import path or a missing
   * module never reaches production.
   *
   * The process gets the function's environment variables. Values that are known only at deployment are replaced with plausible values. Verification
   * needs no network, and routers must load without one too.
   *
   * @example
   * new LazyApiFunction(stack, 'Api', {
   *   routers: Routers.fromDirectory('src/routers'),
   *   verify: Verify.atSynth({ requests: 'smoke.json', environment: { MAX_UPLOAD: '10' } }),
   * });
   */
  public static atSynth(options: VerifyAtSynthOptions = {}): Verify {
    checkOptionsOf('VERIFY', 'Verify.atSynth', options, OPTIONS);
    return new AtSynth(options.environment ?? {}, options.requests === undefined ? [] : readSmokeRequests(options.requests));
  }

  /** Disables verification. A router that does not load returns 500 responses in production. */
  public static off(): Verify {
    return new Off();
  }

  /**
   * Equal for instances that verify in the same way.
   * @internal
   */
  public abstract readonly _key: string;

  /**
   * Environment variables for verification only. A language that runs routers to plan INIT uses them too.
   * @internal
   */
  public abstract readonly _environment: Readonly<Record<string, string>>;

  /**
   * Throws an error if a router does not load, or does not respond to a smoke request as declared.
   * @internal
   */
  public abstract _verify(build: Build, context: VerifyContext): Verified;
}

class Off extends Verify {
  public readonly _key = 'off';
  public readonly _environment = {};

  public _verify(): Verified {
    return { kinds: new Map(), imports: [], proved: new Set(), warnings: [] };
  }
}

class AtSynth extends Verify {
  constructor(public readonly _environment: Readonly<Record<string, string>>, private readonly requests: readonly SmokeRequest[]) {
    super();
  }

  public get _key(): string {
    return `at synth ${JSON.stringify([this._environment, this.requests])}`;
  }

  public _verify(build: Build, { environment, standIns, eventSource }: VerifyContext): Verified {
    const { code: { handler, loader, routers: declared }, plan, built: { files, externals, routerFiles }, options: { entry: { traits } } } = build;
    const events = toSmokeEvents(this.requests, { prefixes: declared.map(({ prefix }) => prefix), traits, eventSource });
    const manifest = describeBuild(build, new Map(), 0);
    const routers = declared.map(({ prefix, name, entry }) => ({ prefix, entry, file: routerFiles.get(name)! }));
    const runnable = { files: [...files, manifestFile(manifest)], externals, handler, loader };
    return withCopy(runnable, { ...environment, ...this._environment }, (copy) => {
      const code = { routers, loader, manifest, externals, streaming: traits.streaming };
      const loaded = verifyRouters(code, copy, standIns.filter((name) => !Object.hasOwn(this._environment, name)));
      if (events.length > 0) writeFiles(build.code.renderIndex(plan, loaded.kinds), copy.directory);
      const smoke = smokeTest(loader, loaded.kinds, { requests: this.requests, events }, copy);
      return { kinds: loaded.kinds, ...smoke, warnings: [...loaded.warnings, ...smoke.warnings] };
    });
  }
}
