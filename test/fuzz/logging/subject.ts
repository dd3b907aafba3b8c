export { createLazyApi } from '../../../lib/runtime/lazy-api';
export { getLogger } from '../../../lib/runtime/logger/logger';
export { report } from '../../../lib/runtime/report/report';
