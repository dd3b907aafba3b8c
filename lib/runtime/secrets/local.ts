/** Local values, for routers that run outside of Lambda: on a developer's machine, in unit tests, and in verification. */
import { SecretValue } from './secret-value';
import { SecretKind } from '../../contract/secrets';
import { LOCAL_FILE_VARIABLE, LOCAL_VARIABLES } from '../../contract/variables';
import { CodedError } from '../failures/coded-error';
import { log } from '../log';

let said = false;

/** Undefined in Lambda, where local values do not apply. */
export function readLocally(kind: SecretKind, name: string): SecretValue | undefined {
  const { env } = process;
  const variable = LOCAL_VARIABLES[kind] + name;
  if (env.AWS_LAMBDA_RUNTIME_API !== undefined) {
    const set = [variable, LOCAL_FILE_VARIABLE].find((candidate) => env[candidate] !== undefined);
    if (set === undefined) return undefined;
    throw new CodedError('SECRET_LOCAL', `${set} is set in Lambda, where everyone who can read the function's configuration can read it: remove it`);
  }
  const text = env[variable] ?? fromFile(kind, name);
  if (text === undefined) {
    throw new CodedError('SECRET_LOCAL', `outside of Lambda, the value of ${name} comes from the environment variable ${variable}, `
      + `or from the JSON file that ${LOCAL_FILE_VARIABLE} names; both are missing. `
      + 'For verification at synthesis: Verify.atSynth({ environment: { ... } })');
  }
  if (!said) log('INFO', 'SECRETS_LOCAL', 'secrets and parameters come from this machine, not from AWS', {});
  said = true;
  return { text, binary: Buffer.from(text).toString('base64') };
}

/** A value that is not a string is the JSON of a secret. */
function fromFile(kind: SecretKind, name: string): string | undefined {
  const file = process.env[LOCAL_FILE_VARIABLE];
  if (file === undefined) return undefined;
  let values: { readonly [kind in SecretKind]?: { readonly [name: string]: unknown } } | null;
  try {
    values = JSON.parse(process.getBuiltinModule('node:fs').readFileSync(file, 'utf8'));
  } catch (error) {
    // Omits the parser's error, because it quotes the file.
    throw new CodedError('SECRET_LOCAL', `${LOCAL_FILE_VARIABLE} names a file that does not exist or is not JSON: `
      + `${(error as NodeJS.ErrnoException).code ?? 'not JSON'}`);
  }
  const named = values?.[kind] ?? {};
  const value = Object.hasOwn(named, name) ? named[name] : undefined;
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}
