/** What only some functions do in addition to serving requests. The generated entry imports each extra for the functions that need it. */
import type { Result } from './answers/result';
import type { ApiEvent } from './events';
import type { RequestReporter } from './report/report';
import type { PreTraffic } from './rollout/pre-traffic';
import type { ExtraOption } from '../contract/javascript/runtime-modules';

interface ExtraTypes {
  /** Writes a line about each request. */
  readonly report: RequestReporter;
  /** Responds to preflight requests. */
  readonly preflight: (event: ApiEvent) => Result | undefined;
  /** Responds to a deployment that checks whether the routers load. */
  readonly preTraffic: PreTraffic;
  /** Throws an error if no authorizer has allowed the event. */
  readonly checkAuthorizer: (event: ApiEvent) => void;
  /** Prepares each event before it is served. */
  readonly prepare: (event: ApiEvent) => ApiEvent;
  /** Completes each response, including the runtime's own. */
  readonly finish: (event: ApiEvent, result: Result) => Result;
}

/** The options of the table, apart from `streaming`, which changes the handler. An option without a type does not compile. */
export type Extras = { readonly [option in Exclude<ExtraOption, 'streaming'>]?: ExtraTypes[option] };
