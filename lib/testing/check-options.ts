import type { RouterTestApiOptions, TestApiOptions } from './test-api-options';
import { TEST_ENDPOINTS } from './test-endpoint';
import { aBoolean, aNumber, anObject, aString, checkProp, mapOf, must, objectOf, oneOf, optional, Rule, Rules } from '../private/check';
import { LazyApiError } from '../private/errors';
import { aVariable } from '../private/variables';
import { parsePrefix } from '../routing/prefix';

const aTestedAsset = must('a construct or its assetPath', (value) => typeof value === 'string' || (typeof value === 'object' && value !== null));

const COMMON = optional({
  endpoint: oneOf(...Object.keys(TEST_ENDPOINTS)),
  secrets: anObject,
  parameters: mapOf(aVariable),
  environment: mapOf(aVariable),
  timeoutMs: aNumber,
});

const OF_ROUTERS = { ...COMMON, routers: anObject, ...optional({ streaming: aBoolean }) };
const OF_ASSET = { ...COMMON, asset: aTestedAsset, ...optional({ node: aString, python: aString, memoryMb: aNumber }) };

/** Throws an error for mistakes that a compiler does not detect. */
export function checkOptions(options: TestApiOptions): void {
  checkProp('TEST_API', 'createTestApi: the options', options, anObject);
  if ('routers' in options === 'asset' in options) {
    throw new LazyApiError('TEST_API', 'createTestApi: the options must have either routers or asset; '
      + 'pass routers: { "/users": () => import("./users") }');
  }
  const rules: Rules = 'asset' in options ? OF_ASSET : OF_ROUTERS;
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(rules, name));
  if (unknown !== undefined) {
    throw new LazyApiError('TEST_API', `createTestApi: ${unknown} is not an option; the options are ${Object.keys(rules).join(', ')}`);
  }
  checkProp('TEST_API', '', options, objectOf<Record<string, unknown>>(rules));
  if ('routers' in options && Object.keys(options.routers).length === 0) {
    throw new LazyApiError('TEST_API', 'createTestApi: routers must have at least one router, got {}; pass { "/users": () => import("./users") }');
  }
  const { endpoint = 'http' } = options;
  if ('streaming' in options && options.streaming && !TEST_ENDPOINTS[endpoint].canStream) {
    throw new LazyApiError('TEST_API', 'streaming must be false for an HTTP API, which does not stream; choose endpoint: "rest" or "functionUrl"');
  }
}

const IMPORT = 'a function that imports the router, like () => import("../src/routers/users")';

const aRouter: Rule = (prop, value) => (typeof value === 'function' ? undefined : must(`${IMPORT}, or { load: that function }`,
  (given) => typeof (given as { load?: unknown } | null)?.load === 'function')(prop, value));

/** Throws an error if a prefix is invalid, or if a value does not import a router. */
export function checkRouters(routers: RouterTestApiOptions['routers']): void {
  checkProp('TEST_API', 'routers', routers, mapOf(aRouter));
  for (const prefix of Object.keys(routers)) {
    const parsed = parsePrefix(prefix, 'a prefix in routers');
    if ('message' in parsed) throw new LazyApiError(parsed.code, parsed.message);
  }
}

