/**
 * Frameworks and adapters are separate packages. They are installed in their own folder, without types.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const FRAMEWORKS = join(__dirname, '../../frameworks');

export interface Framework {
  (...given: unknown[]): Framework;
  new(): Framework;
  readonly [member: string]: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

export const requireFramework = createRequire(join(FRAMEWORKS, 'package.json')) as (name: string) => Framework;
