import { join } from 'node:path';
import { LocalFunction, RuntimeCommand } from '../lambda/local-function';

/** Lambda's runtime client. The build copies it from the package aws-lambda-ric. */
const RUNTIME_CLIENT = join(__dirname, 'aws-lambda-ric', 'index.mjs');

/** In the place of its native part. */
const STAND_IN = join(__dirname, 'stand-in.cjs');

/**
 * How Lambda starts Node.js. The flags are those of AWS's base images; `--expose-gc` keeps V8 from the code cache of Node.js's own modules.
 *
 * @param node the path of Node.js
 */
export function nodeCommand(node: string, { memoryMb, handler }: LocalFunction): RuntimeCommand {
  return {
    command: node,
    args: [
      '--expose-gc', `--max-semi-space-size=${Math.floor(memoryMb / 20)}`, `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
      '--require', STAND_IN, RUNTIME_CLIENT, handler,
    ],
    // The stand-in ends the process when this descriptor is closed: when the process that started it is gone.
    environment: { LAZY_API_LIFELINE: '3' },
  };
}
