/**
 * What is bundled for Lambda: the public part, and what the generated entry calls.
 */
export * from './index';
export { createLazyApi } from './lazy-api';
