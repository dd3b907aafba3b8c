import type { EndpointRoute } from './route-plan';

/** What an HTTP API and a REST API have in common. */
export interface GatewayApi {
  arnForExecuteApi(method?: string, path?: string, stage?: string): string;
}

/** Routes of an API, as callers reach them. */
export interface RoutesAtStage {
  readonly api: GatewayApi;
  /** The name of the stage, or `*` for all stages. */
  readonly stageName: string;
  readonly routes: readonly EndpointRoute[];
}
