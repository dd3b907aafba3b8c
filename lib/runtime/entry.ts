/**
 * What the generated entry calls. It is a separate module, so that an app loads only what it uses: router code imports `index.ts`.
 */
export { createLazyApi } from './lazy-api';
