import { join } from 'node:path';
import { LocalFunction, RuntimeCommand } from '../lambda/local-function';

/** Starts Lambda's runtime client, which the build copies from the package awslambdaric, with a stand-in for its native part. */
const BOOTSTRAP = join(__dirname, 'bootstrap.py');

/** Nothing of this machine but the standard library can be imported. Variables of the function that configure Python apply, as in Lambda. */
const ISOLATED = ['-s', '-S', '-P'];

/**
 * How Lambda starts Python.
 *
 * @param python the path of Python
 * @param runtime the name of the runtime, like `python3.13`
 */
export function pythonCommand(python: string, runtime: string, { handler, packages }: Pick<LocalFunction, 'handler' | 'packages'>): RuntimeCommand {
  return {
    command: python,
    args: [...ISOLATED, BOOTSTRAP, handler, ...packages === undefined ? [] : [packages]],
    environment: { AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`, LANG: 'en_US.UTF-8' },
  };
}
