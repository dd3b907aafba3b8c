export { createLazyApi } from '../../../lib/runtime/lazy-api';
export { checkAuthorizer } from '../../../lib/runtime/endpoint/authorizer';
export { preflight } from '../../../lib/runtime/endpoint/preflight';
export { addCorsHeaders, decodeTextBody } from '../../../lib/runtime/endpoint/rest';
