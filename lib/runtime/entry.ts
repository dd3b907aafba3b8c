/**
 * What the generated entry calls. A module of its own: what router code imports is in `index.ts`, and nobody pays for what they do not use.
 */
export { createLazyApi } from './lazy-api';
