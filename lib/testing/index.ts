/**
 * `cdk-lazy-api/testing`: tests of an API with Jest, Vitest, or node:test.
 */
export { createTestApi } from './create-test-api';
export { functionUrlEvent, httpApiEvent, restApiEvent, type TestEventOptions } from './events';
export { lambdaContext, type TestContext, type TestContextOptions } from './lambda-context';
export type { TestApi } from './test-api';
export type {
  AssetTestApiOptions, ImportRouter, RouterTestApiOptions, RouterUnderTest, TestApiCommonOptions, TestApiOptions, TestedAsset,
} from './test-api-options';
export type { TestEndpointKind } from './test-endpoint';
export type { TestHeaders, TestRequestOptions } from './test-request';
