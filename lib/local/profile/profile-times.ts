import { compareTimes, TimeComparison } from './compare-times';
import { measure, Measured, MeasuredBuild } from './measure';
import { buildMonolith } from './monolith';
import { temporaryDirectory } from './overlay';
import { profiledRequests } from './requests';
import { estimatedSizes, measuredSizes, SizeTimes } from './times';
import type { SmokeRequest } from '../../routers/verification/smoke/smoke-requests';
import type { SynthesizedApi } from '../assembly/synthesized-api';
import { createCpuLimit } from '../lambda/cpu-limit';
import { languageOf } from '../language/find-language';
import { ApiOptions, startApi, StartedApi } from '../start-api';

export interface ProfileOptions extends ApiOptions {
  /** The number of cold starts of each router, in each build and at each memory size. */
  readonly rounds: number;
  /** In MB. By default, the function's own, 256, 512, 1024, and 1769. When compared with another assembly, only the function's own. */
  readonly memorySizes?: readonly number[];
  /** The requests to the routers. By default, GET at their prefixes. */
  readonly requests: readonly SmokeRequest[];
  /** The same API in another assembly. In the comparison, it replaces the monolith. */
  readonly base?: SynthesizedApi;
  progress?(done: number, of: number): void;
}

export interface Times {
  readonly rounds: number;
  /** By router: the request that was sent. */
  readonly requests: Readonly<Record<string, string>>;
  /** The size of the monolith's code, in bytes. Undefined if there is none, or if it is the code of the asset. */
  readonly monolithBytes?: number;
  readonly sizes: readonly SizeTimes[];
  /** Compares the asset with the other build, which is the monolith or the build of the other assembly. */
  readonly comparisons: readonly TimeComparison[];
}

export interface ProfiledTimes {
  readonly times: Times;
  readonly notes: readonly string[];
}

/** Common memory sizes of Lambda functions, up to the size with a full vCPU. */
const MEMORY_SIZES = [256, 512, 1024, 1769];

/** Less than a full vCPU. */
const ANY_LIMITED_SIZE = 128;

/** Measures the cold starts of an API and of another build. */
export async function profileTimes(api: SynthesizedApi, options: ProfileOptions): Promise<ProfiledTimes> {
  const opened: Array<() => unknown> = [];
  try {
    const started = await open(api, options, opened);
    const own = started.fn.memoryMb;
    const sizes = memorySizesOf(options, own);
    const others = options.base ? await baseBuild(options.base, options, opened) : monolithBuild(api, started, opened);
    const builds = [toBuild('lazy', api, options, started), ...others.builds, emptyBuild(api, started, opened)];
    const isLimited = createCpuLimit(ANY_LIMITED_SIZE) !== undefined;
    const { rounds, progress } = options;
    const measured = await measure({ builds: withOneRequest(builds), rounds, memorySizes: isLimited ? sizes : [own], progress });
    const requests = Object.fromEntries(builds[0].requests.map(({ prefix, title }) => [prefix, title]));
    return {
      times: {
        rounds,
        requests,
        ...others.bytes !== undefined && { monolithBytes: others.bytes },
        sizes: isLimited ? measuredSizes(measured, sizes) : estimatedSizes(measured, sizes),
        comparisons: compareTimes(measured.samples, options.base ? 'base' : 'monolith', 'lazy'),
      },
      notes: [...started.notes, ...others.notes, ...isLimited ? [] : [ESTIMATE_NOTE], ...answerNotes(measured, requests)],
    };
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

function memorySizesOf({ memorySizes, base }: ProfileOptions, own: number): number[] {
  return [...new Set(memorySizes ?? [...base ? [] : MEMORY_SIZES, own])].sort((a, b) => a - b);
}

const ESTIMATE_NOTE = 'this machine does not let the command limit the CPU: everything was measured at full speed, and the times below 1769 MB are '
  + 'estimates (INIT as measured, requests longer by the share of the CPU that Lambda gives)';

async function open(api: SynthesizedApi, options: ApiOptions, opened: Array<() => unknown>): Promise<StartedApi> {
  const started = await startApi(api, options);
  opened.push(() => started.close());
  return started;
}

interface OtherBuilds {
  readonly builds: readonly MeasuredBuild[];
  readonly notes: readonly string[];
  readonly bytes?: number;
}

async function baseBuild(base: SynthesizedApi, options: ProfileOptions, opened: Array<() => unknown>): Promise<OtherBuilds> {
  return { builds: [toBuild('base', base, options, await open(base, options, opened))], notes: [] };
}

function monolithBuild(api: SynthesizedApi, started: StartedApi, opened: Array<() => unknown>): OtherBuilds {
  const monolith = buildMonolith(api, started.fn.directory);
  if ('note' in monolith) return { builds: [], notes: [monolith.note] };
  opened.push(() => monolith.close());
  return { builds: [inDirectory('monolith', monolith.directory, started)], notes: [], bytes: monolith.bytes };
}

/** The times of the language's runtime and the runtime client alone. */
function emptyBuild(api: SynthesizedApi, started: StartedApi, opened: Array<() => unknown>): MeasuredBuild {
  const { directory, close } = temporaryDirectory([languageOf(api).emptyFunction]);
  opened.push(close);
  return inDirectory('empty', directory, started);
}

function toBuild(name: 'lazy' | 'base', api: SynthesizedApi, { requests }: ProfileOptions, started: StartedApi): MeasuredBuild {
  return { ...inDirectory(name, started.fn.directory, started), requests: profiledRequests(api, requests) };
}

function inDirectory(name: MeasuredBuild['name'], directory: string, { fn: own, endpoint, command }: StartedApi): MeasuredBuild {
  return {
    name,
    endpoint,
    requests: [],
    runnable: (memoryMb) => {
      const fn = { ...own, directory, memoryMb };
      return { fn, command: command(fn) };
    },
  };
}

/** The monolith receives the same requests as the asset. The empty function receives one request in each round. */
function withOneRequest([lazy, ...others]: readonly MeasuredBuild[]): MeasuredBuild[] {
  const requestsOf = ({ name, requests }: MeasuredBuild) => (
    name === 'empty' ? lazy.requests.slice(0, 1) : requests.length > 0 ? requests : lazy.requests
  );
  return [lazy, ...others.map((build) => ({ ...build, requests: requestsOf(build) }))];
}

/** Measurements of a router that fails early do not represent its real use. */
function answerNotes({ samples }: Measured, requests: Times['requests']): string[] {
  const failing = samples.filter(({ build, status }) => build === 'lazy' && status >= 500);
  return [...new Set(failing.map(({ prefix, status }) => `${requests[prefix]} got status ${status}: specify another request with --requests FILE`))];
}
