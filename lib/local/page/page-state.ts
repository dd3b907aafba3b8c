import type { RecordedRequest, RequestRecorder, RouterRecord } from './request-recorder';
import type { ApiManifest, ManifestRouter } from '../../contract/manifest';
import type { LocalEndpoint } from '../endpoint/local-endpoint';
import type { BuildState } from '../server/build-state';

/** What the page shows. Times are in milliseconds. */
export interface PageState {
  /** The path of the construct. */
  readonly construct: string;
  readonly functionName: string;
  /** `HTTP API` */
  readonly endpoint: string;
  /** What differs from Lambda. */
  readonly notes: readonly string[];
  readonly routers: readonly PageRouter[];
  readonly init: PageInit;
  readonly environments: PageEnvironments;
  /** The number of requests, and of responses with a status of 500 or more. */
  readonly total: { readonly requests: number; readonly errors: number };
  /** Latest first. */
  readonly requests: readonly RecordedRequest[];
  readonly build: BuildState;
  /** How often the build has failed. */
  readonly failedBuilds: number;
}

export interface PageRouter extends RouterRecord {
  readonly prefix: string;
  /** `fetch`. Undefined if synthesis has not loaded the router. */
  readonly kind?: string;
  /** The source file. */
  readonly entry: string;
  /** The size of its own chunk. */
  readonly bytes: number;
  /** The size of everything that a first request needs. */
  readonly totalBytes: number;
  /** Whether INIT loads it, or otherwise, whether requests have shown that an environment has loaded it. */
  readonly state: 'preloaded' | 'lazy' | 'loaded';
  /** How many environments have loaded it. */
  readonly loadedIn: number;
}

/** What INIT loads, and why. */
export interface PageInit {
  /** The policy in words. */
  readonly policy: string;
  readonly bytes: number;
  /** Chunks that INIT loads come first. Both parts list the largest chunks first. */
  readonly decisions: readonly PageDecision[];
}

export interface PageDecision {
  readonly file: string;
  readonly bytes: number;
  readonly preload: boolean;
  readonly reason: string;
  /** The router of the chunk, or the packages and source files in it. */
  readonly contents: readonly string[];
}

export interface PageEnvironments {
  /** The environments that are alive and have had a request. */
  readonly alive: number;
  readonly coldStarts: number;
  /** Undefined before the first cold start. */
  readonly meanInitMs?: number;
}

/** The API that the page shows. */
export interface PageApi {
  /** The path of the construct. */
  readonly construct: string;
  readonly functionName: string;
  readonly endpoint: Pick<LocalEndpoint, 'kind'>;
  readonly notes: readonly string[];
}

/** The state of the build. */
export interface PageBuild {
  readonly state: BuildState;
  readonly failures: number;
}

const ENDPOINTS: Readonly<Record<LocalEndpoint['kind'], string>> = {
  'http-api': 'HTTP API', 'rest-api': 'REST API', 'function-url': 'function URL', 'none': 'no endpoint',
};

export function describePage({ endpoint, ...api }: PageApi, manifest: ApiManifest, recorder: RequestRecorder, build: PageBuild): PageState {
  const { all: { requests, errors }, coldStarts, meanInitMs, latest } = recorder;
  const preloaded = new Set(manifest.preload.decisions.filter(({ preload }) => preload).map(({ file }) => file));
  return {
    ...api,
    endpoint: ENDPOINTS[endpoint.kind],
    routers: manifest.routers.map((router) => describeRouter(router, preloaded.has(router.file), recorder)),
    init: describeInit(manifest),
    environments: { alive: recorder.environments(), coldStarts, meanInitMs },
    total: { requests, errors },
    requests: latest,
    build: build.state,
    failedBuilds: build.failures,
  };
}

function describeRouter({ prefix, kind, entry, bytes, totalBytes }: ManifestRouter, isPreloaded: boolean, recorder: RequestRecorder): PageRouter {
  const loadedIn = recorder.environments(prefix);
  const state = isPreloaded ? 'preloaded' : loadedIn > 0 ? 'loaded' : 'lazy';
  return { ...recorder.router(prefix), prefix, kind, entry, bytes, totalBytes, state, loadedIn };
}

function describeInit({ routers, sharedChunks, preload: { policy, initBytes, decisions } }: ApiManifest): PageInit {
  const chunks = new Map<string, Pick<PageDecision, 'bytes' | 'contents'>>([
    ...sharedChunks.map(({ file, bytes, contents }) => [file, { bytes, contents }] as const),
    ...routers.map(({ file, bytes, prefix }) => [file, { bytes, contents: [prefix] }] as const),
  ]);
  const described = decisions.map(({ file, preload, reason }) => ({ file, preload, reason, ...chunks.get(file) ?? { bytes: 0, contents: [] } }));
  return { policy, bytes: initBytes, decisions: described.sort((a, b) => Number(b.preload) - Number(a.preload) || b.bytes - a.bytes) };
}
