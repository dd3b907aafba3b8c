import * as path from 'node:path';
import { Properties, Template } from './template';
import { ApiDescription } from '../../contract/api-description';

/** An API of a cloud assembly. */
export interface SynthesizedApi {
  /** The path of the construct. */
  readonly path: string;
  /** The name of the stack. */
  readonly stack: string;
  readonly description: ApiDescription;
  readonly template: Template;
  /** The directory of the assembly that has the description and the template. */
  readonly directory: string;
}

/** The directory of the function's code. */
export function assetOf({ directory, description }: SynthesizedApi): string {
  return path.resolve(directory, description.function.asset);
}

/** The root of the project that the routers belong to. */
export function projectOf({ directory, description }: SynthesizedApi): string {
  return path.resolve(directory, description.code.project);
}

/** The properties of the function in the template. */
export function functionPropertiesOf({ template, description }: SynthesizedApi): Properties {
  return template.Resources[description.function.logicalId]?.Properties ?? {};
}
