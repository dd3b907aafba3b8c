import { Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LazyApiFunction, LazyApiFunctionProps, Routers } from '../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../support/app';

/** The values that one prop accepts and refuses. Wrong types need no rows, because they follow from the prop's type. */
export interface Row {
  /** Values at the limits, and others that must synthesize. */
  readonly valid: readonly unknown[];
  /** Values just beyond the limits, with a part of the message. */
  readonly invalid?: ReadonlyArray<readonly [value: unknown, message: RegExp]>;
  /** The error code, if it differs from that of the other props. */
  readonly code?: string;
  /** For strings, numbers, durations, and lists and maps of them: whether a token is accepted, or the message that refuses it. */
  readonly token?: readonly [value: unknown, becomes: 'accepted' | RegExp];
}

/** The props of one interface, or the parameters of one factory. */
export interface Inputs {
  /** Their name in the assembly: `ApiCorsOptions`, `Rollout.canary`. */
  readonly of: string;
  /** Distinguishes two uses of one interface. */
  readonly at?: string;
  /** The error code, or several: `A|B`. */
  readonly code: string;
  /** Returns the props of a function that uses the options. */
  readonly create: (options: Options, stack: Stack) => Partial<LazyApiFunctionProps>;
  readonly rows: (stack: Stack) => { readonly [prop: string]: Row };
  /** The values of the other props. */
  readonly base?: (stack: Stack) => object;
}

/** Options without type checks, like in JavaScript. */
export type Options = never;

let routers: Routers | undefined;

export const PREFIXES = ['/orders', '/users'];

export function stackOfTest(): Stack {
  return newStack({}, newAppWithoutBundling());
}

/** Creates a function in a stack that is not bundled. */
export function apiWith(props: Partial<LazyApiFunctionProps>, stack: Stack): LazyApiFunction {
  routers ??= routersAt(PREFIXES);
  return newApi({ routers, ...props }, stack);
}

/** Creates a function with one prop set to the value of a test. Other props come from `base`. */
export function createWith(inputs: Inputs, prop: string, value: unknown, stack: Stack): LazyApiFunction {
  return apiWith(inputs.create({ ...inputs.base?.(stack), [prop]: value } as Options, stack), stack);
}

/** Synthesizes, and checks that the template contains no unresolved tokens. */
export function synthesize(api: LazyApiFunction): string {
  const template = JSON.stringify(Template.fromStack(Stack.of(api)).toJSON());
  expect(template).not.toMatch(/-1\.888\d+e\+?289|Token\[/);
  return template;
}

/** Values that are known only at deployment. */
export const numberToken = Token.asNumber({ Ref: 'AWS::NoValue' });
export const listToken = Token.asList({ Ref: 'AWS::NoValue' });
export const stringToken = Token.asString({ Ref: 'AWS::NoValue' });

export const KNOWN = /must be known at synthesis, got a token, which is known only at deployment/;
export const MIXED = /must be a list of entries, or one token that stands for a list, got both; pass only the token, or list the entries literally/;
