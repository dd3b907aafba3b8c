import { renderChain } from '../../../routers/import-chain';
import type { Cause } from '../causes';
import type { GrowthFailure } from '../compare-counters';

/** One counter that has grown too much, with what was added and the imports that brought it. */
export function describeGrowth(failure: GrowthFailure): string {
  return [describeCounter(failure), ...failure.causes.map((cause) => `  ${describeCause(cause)}`)].join('\n');
}

export function describeCounter({ scope, counter, before, after, growth }: GrowthFailure): string {
  return `${scope}: ${counter} ${countOf(before)} -> ${countOf(after)} (${growth === null ? 'new' : percentOf(growth)})`;
}

export function describeCause({ name, before, after, chain }: Cause): string {
  const size = before === 0 ? `added ${name}, ${countOf(after)} bytes` : `${name} has grown from ${countOf(before)} to ${countOf(after)} bytes`;
  return chain && chain.length > 1 ? `${size}, by ${renderChain(chain)}` : size;
}

/** `+5.1 %` */
export function percentOf(share: number): string {
  return `${share < 0 ? '-' : '+'}${Math.abs(share * 100).toFixed(1)} %`;
}

/** `1,234,567` */
export function countOf(value: number): string {
  return value.toLocaleString('en-US');
}

/** `5 %` */
export function limitOf(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
