export { createLazyApi } from '../../../lib/runtime/lazy-api';
export { demandAuthorizer } from '../../../lib/runtime/front-door/authorizer';
export { preflight } from '../../../lib/runtime/front-door/preflight';
export { addCorsHeaders, decodeTextBody } from '../../../lib/runtime/front-door/rest';
