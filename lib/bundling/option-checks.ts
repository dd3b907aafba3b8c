import type { ColdStartBudgets } from './budgets';
import type { BundlingOptions } from './options';
import type { RouterOptions, RouterProps, RoutersFromDirectoryOptions } from './router-options';
import type { VerifyAtSynthOptions } from './verify';
import { aBoolean, aKnownString, Check, kindOf, listOf, mapOf, must, oneOf, optional, props } from '../private/check';
import { all, known } from '../private/limits';

/** Its range is checked where all shares are known. */
const aShare = must('a fraction, more than 0 and at most 1', (value) => typeof value === 'number');

const ROUTER_OPTIONS = optional({ preload: aBoolean, trafficShare: aShare, stripPrefix: aBoolean });

export const FROM_MAP = mapOf(props<RouterProps>({ entry: aKnownString, ...ROUTER_OPTIONS }));

export const FROM_DIRECTORY = props<RoutersFromDirectoryOptions>(optional({
  basePath: aKnownString,
  overrides: mapOf(props<RouterOptions>(ROUTER_OPTIONS)),
}));

/** https://esbuild.github.io/content-types/ */
const LOADERS = [
  'base64', 'binary', 'copy', 'css', 'dataurl', 'default', 'empty', 'file', 'global-css', 'js', 'json', 'jsx', 'local-css', 'text', 'ts', 'tsx',
];

/** Synthesis bundles, so it must know them all: a token would be in the code by its name. */
const BUNDLING_OPTIONS = optional({
  minify: aBoolean,
  keepNames: aBoolean,
  sourceMap: aBoolean,
  target: aKnownString,
  define: mapOf(aKnownString),
  externalModules: listOf(aKnownString),
  loader: mapOf(oneOf(...LOADERS)),
  tsconfig: aKnownString,
  conditions: listOf(aKnownString),
  mainFields: listOf(aKnownString),
  banner: aKnownString,
  projectRoot: aKnownString,
});

export const BUNDLING = props<BundlingOptions>(BUNDLING_OPTIONS);

/** The options alone: what else an object has may be anything. */
export function bundlingOptionsOf(given: BundlingOptions): BundlingOptions {
  return Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(BUNDLING_OPTIONS, name)));
}

const aSize = must('a number of bytes, more than 0', (value) => typeof value === 'number' && value > 0);

export const BUDGETS = props<ColdStartBudgets>(optional({ initBytes: aSize, routerBytes: aSize, routers: mapOf(aSize) }));

const aText = must('a string', (value) => typeof value === 'string', kindOf);

const withoutNul = must('without NUL characters, which no environment variable can have', (value) => !(value as string).includes('\0'), () => 'one with them');

/** The value of an environment variable, which no error shows. */
export const aVariable: Check = all(aText, withoutNul);

const aVariableName = must('a name that an environment variable can have', (value) => /^[^=\0]+$/.test(value as string));

export const VERIFY = props<VerifyAtSynthOptions>(optional({ environment: mapOf(known(aVariable, 'verification runs at synthesis; say a value that the router can load with'), aVariableName) }));
