import type { ColdStartBudgets } from './budgets';
import type { BundlingOptions } from './options';
import type { RouterOptions, RouterProps, RoutersFromDirectoryOptions } from './router-options';
import type { VerifyAtSynthOptions } from './verify';
import { aBoolean, aKnownString, aString, Check, kindOf, listOf, mapOf, must, optional, props } from '../private/check';

/** Its range is checked where all shares are known. */
const aShare = must('a fraction, more than 0 and at most 1', (value) => typeof value === 'number');

const ROUTER_OPTIONS = optional({ preload: aBoolean, trafficShare: aShare, stripPrefix: aBoolean });

export const FROM_MAP = mapOf(props<RouterProps>({ entry: aKnownString, ...ROUTER_OPTIONS }));

export const FROM_DIRECTORY = props<RoutersFromDirectoryOptions>(optional({
  basePath: aKnownString,
  overrides: mapOf(props<RouterOptions>(ROUTER_OPTIONS)),
}));

const BUNDLING_OPTIONS = optional({
  minify: aBoolean,
  keepNames: aBoolean,
  sourceMap: aBoolean,
  target: aKnownString,
  define: mapOf(aString),
  externalModules: listOf(aKnownString),
  loader: mapOf(aKnownString),
  tsconfig: aKnownString,
  conditions: listOf(aKnownString),
  mainFields: listOf(aKnownString),
  banner: aString,
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

/** The value of an environment variable, which no error shows. */
export const aVariable: Check = (prop, value) => aText(prop, value) ?? withoutNul(prop, value);
const withoutNul = must('without NUL characters, which no environment variable can have', (value) => !(value as string).includes('\0'), () => 'one with them');

const aVariableName = must('a name that an environment variable can have', (value) => /^[^=\0]+$/.test(value as string));

export const VERIFY = props<VerifyAtSynthOptions>(optional({ environment: mapOf(aVariable, aVariableName) }));
