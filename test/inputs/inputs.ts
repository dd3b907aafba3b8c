import { Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LazyApiFunction, LazyApiFunctionProps, Routers } from '../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../support/app';

/** What one prop takes. Wrong types need no rows: they follow from the prop's type. */
export interface Row {
  /** Its edges, and whatever else must synthesize. */
  readonly valid: readonly unknown[];
  /** Just beyond the edges, with a part of the message. */
  readonly invalid?: ReadonlyArray<readonly [value: unknown, message: RegExp]>;
  /** Where it is not that of the others. */
  readonly code?: string;
  /** For strings, numbers, durations, and lists and maps of them: what becomes of a token. */
  readonly token?: readonly [value: unknown, becomes: 'accepted' | RegExp];
}

/** The props of one interface, or the parameters of one factory. */
export interface Inputs {
  /** Their name in the assembly: `ApiCorsOptions`, `Rollout.canary`. */
  readonly of: string;
  /** Tells two uses of one interface apart. */
  readonly at?: string;
  /** Of the error; of several: `A|B`. */
  readonly code: string;
  /** The props of a function that has the options somewhere. */
  readonly create: (options: Options, stack: Stack) => Partial<LazyApiFunctionProps>;
  readonly rows: (stack: Stack) => { readonly [prop: string]: Row };
  /** What the other props are meanwhile. */
  readonly base?: (stack: Stack) => object;
}

/** As from JavaScript: nobody checked it. */
export type Options = never;

let routers: Routers | undefined;

export const PREFIXES = ['/orders', '/users'];

export function stackOfTest(): Stack {
  return newStack({}, newAppWithoutBundling());
}

/** A function with small options, in a stack that is not built. */
export function apiWith(props: Partial<LazyApiFunctionProps>, stack: Stack): LazyApiFunction {
  routers ??= routersAt(PREFIXES);
  return newApi({ routers, ...props }, stack);
}

/** A prop that is not mentioned is what `base` says; the test's own value wins. */
export function createWith(inputs: Inputs, prop: string, value: unknown, stack: Stack): LazyApiFunction {
  return apiWith(inputs.create({ ...inputs.base?.(stack), [prop]: value } as Options, stack), stack);
}

/** Synthesizes, and finds no number in the template that stands for a token. */
export function synthesize(api: LazyApiFunction): string {
  const template = JSON.stringify(Template.fromStack(Stack.of(api)).toJSON());
  expect(template).not.toMatch(/-1\.888\d+e\+?289|Token\[/);
  return template;
}

/** What only deployment knows. */
export const numberToken = Token.asNumber({ Ref: 'AWS::NoValue' });
export const listToken = Token.asList({ Ref: 'AWS::NoValue' });
export const stringToken = Token.asString({ Ref: 'AWS::NoValue' });

export const KNOWN = /must be known at synthesis, got a token, which is known only at deployment/;
