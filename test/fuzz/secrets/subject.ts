export { getParameter, getSecret, getSecretBinary, getSecretString } from '../../../lib/runtime/secrets/get-secret';
