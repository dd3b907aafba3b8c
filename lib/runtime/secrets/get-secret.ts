/**
 * Secrets and parameters, by the names that the construct gives them.
 */
import { readLocally } from './local';
import { readRemotely } from './remote';
import { ParameterOptions, SecretOptions } from './secret-options';
import { SecretValue } from './secret-value';
import { CodedError } from '../failures/coded-error';

/**
 * The JSON of a secret of AWS Secrets Manager, parsed.
 *
 * @param name the name in the prop `secrets` of the construct
 * @throws an error with one of these values in `code`: `SECRET_UNKNOWN`, `SECRET_UNAVAILABLE`, `SECRET_REFUSED`, `SECRET_FORMAT`, `SECRET_LOCAL`
 *
 * @example
 * const { user, password } = await getSecret<{ user: string; password: string }>('DB_CREDENTIALS');
 */
export async function getSecret<T = Record<string, unknown>>(name: string, options?: SecretOptions): Promise<T> {
  const text = await getSecretString(name, options);
  try {
    return JSON.parse(text) as T;
  } catch {
    // Omits the parser's error, because it quotes the value.
    throw new CodedError('SECRET_FORMAT', `secret ${name} is not JSON: read it with getSecretString`);
  }
}

/**
 * The text of a secret of AWS Secrets Manager, unparsed. Use it for secrets that are not JSON.
 *
 * @param name the name in the prop `secrets` of the construct
 * @throws as `getSecret`
 */
export async function getSecretString(name: string, options?: SecretOptions): Promise<string> {
  const { text } = await read('secrets', name, options);
  if (text === undefined) throw new CodedError('SECRET_FORMAT', `secret ${name} is binary: read it with getSecretBinary`);
  return text;
}

/**
 * A binary secret of AWS Secrets Manager.
 *
 * @param name the name in the prop `secrets` of the construct
 * @throws as `getSecret`
 */
export async function getSecretBinary(name: string, options?: SecretOptions): Promise<Uint8Array> {
  const { binary } = await read('secrets', name, options);
  if (binary === undefined) throw new CodedError('SECRET_FORMAT', `secret ${name} is text: read it with getSecretString`);
  return Buffer.from(binary, 'base64');
}

/**
 * A parameter of AWS Systems Manager Parameter Store. A `SecureString` is decrypted.
 *
 * @param name the name in the prop `parameters` of the construct
 * @throws as `getSecret`
 */
export async function getParameter(name: string, options?: ParameterOptions): Promise<string> {
  return (await read('parameters', name, options)).text!;
}

async function read(kind: 'secrets' | 'parameters', name: string, options: SecretOptions = {}): Promise<SecretValue> {
  return readLocally(kind, name) ?? readRemotely(kind, name, options);
}
