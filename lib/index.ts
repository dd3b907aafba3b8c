export { LazyApiFunction, type LazyApiFunctionProps } from './lazy-api-function';
export { Routers } from './bundling/routers';
export type { RouterOptions, RouterProps, RoutersFromDirectoryOptions } from './bundling/router-options';
export type { BundlingOptions } from './bundling/options';
export type { ColdStartBudgets } from './bundling/budgets';
export { PreloadPolicy } from './bundling/preload-policy';
export { Verify, type VerifyAtSynthOptions } from './bundling/verify';
export { ApiEndpoint } from './endpoint/api-endpoint';
export type { IApiEndpoint } from './endpoint/i-api-endpoint';
export { ApiMetrics } from './endpoint/api-metrics';
export {
  ApiAuthorization, type CognitoAuthorizationOptions, type JwtAuthorizationOptions, type LambdaAuthorizationOptions,
} from './endpoint/api-authorization';
export type { ApiCorsOptions, ApiDomainOptions, ApiGatewayEndpointOptions, MutualTlsOptions, RouteOptions } from './endpoint/api-gateway-options';
export { HttpApiEndpoint, type HttpApiEndpointOptions } from './endpoint/http/http-api-endpoint';
export type { ExistingHttpApiOptions } from './endpoint/http/existing-http-api';
export { RestApiEndpoint } from './endpoint/rest/rest-api-endpoint';
export type { ApiUsagePlanOptions, RestApiEndpointOptions } from './endpoint/rest/rest-api-options';
export type { ExistingRestApiOptions } from './endpoint/rest/existing-rest-api';
export { ApiWebAcl, type ManagedRulesOptions } from './endpoint/rest/api-web-acl';
export { FunctionUrlEndpoint, type FunctionUrlEndpointOptions } from './endpoint/function-url-endpoint';
export { RequestLog } from './monitoring/request-log';
export { LazyApiMetrics } from './monitoring/lazy-api-metrics';
export type { MonitoringOptions } from './monitoring/monitoring-options';
export { type AlarmOptions, AlarmSeverity } from './monitoring/alarm-options';
export { ProvisionedConcurrency, type ScheduledCapacity, type TargetTrackingOptions } from './delivery/provisioned-concurrency';
export { type AllAtOnceOptions, Rollout, type RolloutOptions } from './delivery/rollout';
export { SecretsCache, type SecretsCacheOptions, type SecretsClientOptions } from './secrets/secrets-cache';
export type { ApiManifest, ManifestChunk, ManifestPreload, ManifestPreloadDecision, ManifestRouter } from './contract/manifest';
