export { createLazyApi } from '../../../lib/runtime/lazy-api';
