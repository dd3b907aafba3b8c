/**
 * What synthesis leaves in the assembly for tools: a file for each API, beside the template. It has no values of variables.
 */
import type { EndpointTraits, EventSource } from './endpoint';

/** Raised when a reader of the previous version would misread the new one. */
export const API_DESCRIPTION_VERSION = 1;

/** The names of the files with descriptions. */
export const API_DESCRIPTION_FILE = /^lazy-api\.[0-9a-f]+\.json$/;

export interface ApiDescription {
  /** The version of this schema. */
  readonly version: typeof API_DESCRIPTION_VERSION;
  /** The path of the construct. */
  readonly construct: string;
  /** The name of the stack that is deployed. */
  readonly stack: string;
  /** Undefined if only deployment knows it. */
  readonly region?: string;
  /** The template that the function is in, which is that of a nested stack for a function in one. Relative to the directory of this file. */
  readonly template: string;
  readonly function: DescribedFunction;
  readonly endpoint: DescribedEndpoint;
  readonly code: DescribedCode;
}

export interface DescribedFunction {
  readonly logicalId: string;
  /** The directory of its code, relative to the directory of this file. */
  readonly asset: string;
  readonly handler: string;
  /** `nodejs24.x` */
  readonly runtime: string;
  /** `arm64` or `x86_64`. */
  readonly architecture: string;
}

export interface DescribedEndpoint {
  readonly source: EventSource;
  readonly traits: EndpointTraits;
}

export interface DescribedCode {
  /** `JavaScript` */
  readonly language: string;
  /** The root of the project that the routers belong to, relative to the directory of this file. */
  readonly project: string;
  /** Modules that the code imports and the asset does not contain, or contains for Lambda's platform. */
  readonly externals: readonly string[];
}

/** The name of the file with a construct's description, by the construct's address. */
export function apiDescriptionFile(address: string): string {
  return `lazy-api.${address}.json`;
}
