/** A value as AWS returns it. */
import { SecretKind } from '../../contract/secrets';
import { CodedError } from '../failures/coded-error';

/** Exactly one of the two is set. */
export interface SecretValue {
  readonly text?: string;
  /** In base64. */
  readonly binary?: string;
}

/** What to request. */
export interface Wanted {
  readonly kind: SecretKind;
  /** The name that router code uses. */
  readonly name: string;
  /** The ARN or name that AWS uses. */
  readonly id: string;
  readonly versionStage?: string;
}

/** The responses of GetSecretValue and GetParameter. */
interface Answer {
  readonly SecretString?: string;
  readonly SecretBinary?: string;
  readonly Parameter?: { readonly Value?: string };
}

/** Anything else is not a response of these operations. */
export function parseValue(json: string): SecretValue | undefined {
  try {
    const { SecretString, SecretBinary, Parameter } = JSON.parse(json) as Answer;
    const text = SecretString ?? Parameter?.Value;
    return text === undefined && SecretBinary === undefined ? undefined : { text, binary: SecretBinary };
  } catch {
    return undefined;
  }
}

/**
 * Errors that another attempt does not solve.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html#API_GetSecretValue_Errors
 */
const FINAL = /\b(AccessDenied\w*|\w*NotFound(Exception)?|InvalidKeyId|DecryptionFailure|Invalid(Parameter|Request)\w*|ValidationException)\b/;

/** AWS's code for a refusal that is final. */
export function finalRefusal(body: string): string | undefined {
  return FINAL.exec(body)?.[1];
}

/** Only AWS's code becomes part of the message, because the text around it may name accounts and people. */
export function refusedError({ kind, name }: Wanted, code: string): CodedError {
  return new CodedError('SECRET_REFUSED', `${code}: AWS did not return ${name}, which the construct declares in ${kind}; `
    + 'does it exist, and may the function\'s role read it and decrypt with its key?');
}

export function unavailableError({ name }: Wanted, why: string, cause?: unknown): CodedError {
  return new CodedError('SECRET_UNAVAILABLE', `${name} is unavailable: ${why}`, cause === undefined ? {} : { cause });
}
