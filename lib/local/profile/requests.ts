import { toSmokeEvents } from '../../routers/verification/smoke/smoke-event';
import { SmokeRequest } from '../../routers/verification/smoke/smoke-requests';
import { readManifest } from '../assembly/local-asset';
import { assetOf, SynthesizedApi } from '../assembly/synthesized-api';

/** The request that is sent to a router. */
export interface ProfiledRequest {
  readonly prefix: string;
  /** `GET /api/users` */
  readonly title: string;
  /** The event, as JSON. */
  readonly event: string;
}

/** The value of the parameters in a prefix. */
const PARAMETER_VALUE = '1';

/** One request for each router: the first of the given ones, or otherwise GET at its prefix. Throws an error if a given request has no router. */
export function profiledRequests(api: SynthesizedApi, given: readonly SmokeRequest[]): ProfiledRequest[] {
  const prefixes = readManifest(assetOf(api)).routers.map(({ prefix }) => prefix);
  const requests = [...given, ...prefixes.map(getAt)];
  const { traits, source } = api.description.endpoint;
  const events = toSmokeEvents(requests, { prefixes, traits, eventSource: source });
  return prefixes.map((prefix) => {
    const i = events.findIndex((event) => event.prefix === prefix);
    const { method, target } = requests[i];
    return { prefix, title: `${method} ${target}`, event: JSON.stringify(events[i].event) };
  });
}

function getAt(prefix: string): SmokeRequest {
  return { method: 'GET', target: prefix.replace(/\{[^/]+\}/g, PARAMETER_VALUE), headers: {}, status: 200 };
}
