import { join } from 'node:path';
import { LocalFunction, RuntimeCommand } from '../lambda/local-function';

/** Lambda's runtime client, which the build copies from the package aws-lambda-ric, with a stand-in for its native part. */
const CLIENT = ['--require', join(__dirname, 'stand-in.cjs'), join(__dirname, 'aws-lambda-ric', 'index.mjs')];

/** The flags of AWS's base images. With `--expose-gc`, V8 does not use the code cache of Node.js's own modules. */
export function nodeFlags(memoryMb: number): string[] {
  return ['--expose-gc', `--max-semi-space-size=${Math.floor(memoryMb / 20)}`, `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`];
}

/**
 * How Lambda starts Node.js.
 *
 * @param node the path of Node.js
 * @param client the arguments that start a runtime client
 */
export function nodeCommand(node: string, { memoryMb, handler }: Pick<LocalFunction, 'memoryMb' | 'handler'>, client = CLIENT): RuntimeCommand {
  return {
    command: node,
    args: [...nodeFlags(memoryMb), ...client, handler],
    // The stand-in ends the process when this descriptor closes, which happens when the process that started it has ended.
    environment: { LAZY_API_LIFELINE: '3' },
  };
}
