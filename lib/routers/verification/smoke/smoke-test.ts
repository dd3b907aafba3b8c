import { sendRequests } from './send-requests';
import { SmokeEvent } from './smoke-event';
import { smokeProblem } from './smoke-failures';
import { SmokeRequest } from './smoke-requests';
import { RouterKinds } from '../../../contract/router-kind';
import { LazyApiError } from '../../../private/errors';
import { ObservedImport } from '../../preload/observed-import';
import { Warning } from '../../warnings/warning';
import { RouterLoader } from '../router-loader';
import { CopiedAsset } from '../sandbox';

/** How long a smoke request may take, in milliseconds. */
const REQUEST_LIMIT_MS = 10_000;

/** Requests, each with its event. */
export interface Smoke {
  readonly requests: readonly SmokeRequest[];
  readonly events: readonly SmokeEvent[];
}

export interface SmokeResult {
  /** Imports between files of the asset. */
  readonly imports: readonly ObservedImport[];
  /** The prefixes of the routers that responded as declared, without a network. */
  readonly proved: ReadonlySet<string>;
  /** Warnings about requests that this machine cannot send. */
  readonly warnings: readonly Warning[];
}

/** Sends the requests to the function in a copy of its code. Throws an error if a response is not as declared. */
export function smokeTest(loader: RouterLoader, kinds: RouterKinds, { requests, events }: Smoke, copy: CopiedAsset): SmokeResult {
  const isSendable = (i: number) => kinds.has(events[i].prefix);
  const sent = { requests: requests.filter((_, i) => isSendable(i)), events: events.filter((_, i) => isSendable(i)) };
  const warnings = notSent(events.filter((_, i) => !isSendable(i)));
  if (sent.requests.length === 0) return { imports: [], proved: new Set(), warnings };
  const run = sendRequests(loader.smokeCommand, sent.events, copy, REQUEST_LIMIT_MS);
  const problem = smokeProblem({ ...sent, run, directory: copy.directory, fileAdvice: loader.advice.file });
  if (problem !== undefined) throw new LazyApiError('SMOKE_REQUEST', problem);
  const proved = new Set(run.answers.filter(({ usedNetwork }) => !usedNetwork).map(({ index }) => sent.events[index].prefix));
  return { imports: run.imports, proved, warnings };
}

/** The imports of a first request are part of the preload plan, and of the asset. */
function notSent(events: readonly SmokeEvent[]): Warning[] {
  if (events.length === 0) return [];
  const prefixes = [...new Set(events.map(({ prefix }) => prefix))];
  return [{
    id: 'smokeRequestsNotSent',
    text: `smoke requests to ${prefixes.join(', ')} were not sent, because this machine cannot load the code. The preload plan lacks what `
      + 'their first requests import dynamically, so the hash of the asset can differ from the hash on a machine that can load the code',
  }];
}
