/**
 * From what a Lambda proxy handler returned to a result that can be written as JSON and that API Gateway understands.
 */
import { Result } from './answers';
import { CodedError } from './coded-error';

type Payload = '1.0' | '2.0';
type Value = string | number | boolean;

export function toResult(returned: unknown, payload: Payload): Result {
  try {
    if (isObject(returned) && returned.statusCode !== undefined) return clean(returned, payload);
    if (payload === '2.0') return infer(returned);
  } catch (cause) {
    throw cause instanceof CodedError ? cause : new CodedError('RESULT_MALFORMED', 'the result cannot be read', {}, { cause });
  }
  throw malformed(`must have a statusCode, got ${describe(returned)}`);
}

/**
 * Payload format 2.0 takes a result without status code for the body of a 200.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function infer(returned: unknown): Result {
  const body = typeof returned === 'string' ? returned : toJson(returned);
  if (body === undefined || returned === null) throw malformed(`must not be ${describe(returned)}`);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body, isBase64Encoded: false };
}

function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new CodedError('RESULT_NOT_SERIALIZABLE', 'the result cannot be written as JSON', {}, { cause });
  }
}

/** Only what API Gateway knows is passed on, so that nothing else can break the JSON. */
function clean(returned: Record<string, unknown>, payload: Payload): Result {
  const { statusCode, headers, multiValueHeaders, cookies, body, isBase64Encoded } = returned;
  const result: Result = { statusCode: toStatus(statusCode) };
  if (headers != null) result.headers = mapOf('headers', headers, toValue);
  if (multiValueHeaders != null) result.multiValueHeaders = mapOf('multiValueHeaders', multiValueHeaders, toValues);
  if (cookies != null) result.cookies = toValues('cookies', cookies).map(String);
  if (body != null) result.body = toText(body);
  if (isBase64Encoded != null) result.isBase64Encoded = isBase64Encoded === true || isBase64Encoded === 'true';
  return payload === '2.0' ? withoutMultiValues(result) : withoutCookies(result);
}

/** Payload format 2.0 has one value per header, and cookies apart. */
function withoutMultiValues({ multiValueHeaders, ...result }: Result): Result {
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    if (isSetCookie(name)) result.cookies = [...result.cookies ?? [], ...values.map(String)];
    else result.headers = { ...result.headers, [name]: values.join(', ') };
  }
  return result;
}

/** Payload format 1.0 knows no cookies. */
function withoutCookies({ cookies, ...result }: Result): Result {
  if (!cookies?.length) return result;
  const multi = result.multiValueHeaders ?? {};
  const name = Object.keys(multi).find(isSetCookie) ?? 'set-cookie';
  return { ...result, multiValueHeaders: { ...multi, [name]: [...multi[name] ?? [], ...cookies] } };
}

function isSetCookie(name: string): boolean {
  return name.toLowerCase() === 'set-cookie';
}

function toStatus(value: unknown): number {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599) return status;
  throw malformed(`must have a statusCode from 100 to 599, got ${describe(value)}`);
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw malformed(`must have a string as body, got ${describe(value)}`);
}

function mapOf<T>(what: string, value: unknown, convert: (what: string, value: unknown) => T): Record<string, T> {
  if (!isObject(value)) throw malformed(`must have an object as ${what}, got ${describe(value)}`);
  const known = Object.entries(value).filter(([, member]) => member != null);
  return Object.fromEntries(known.map(([name, member]) => [name, convert(`${what}["${name}"]`, member)]));
}

function toValues(what: string, value: unknown): Value[] {
  if (!Array.isArray(value)) throw malformed(`must have an array as ${what}, got ${describe(value)}`);
  return value.map((member) => toValue(what, member));
}

function toValue(what: string, value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw malformed(`must have a string, a number or a boolean as ${what}, got ${describe(value)}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Never the value itself: it may be somebody's data. */
function describe(value: unknown): string {
  return value === null ? 'null' : typeof value === 'number' ? String(value) : typeof value;
}

function malformed(message: string): CodedError {
  return new CodedError('RESULT_MALFORMED', `the result ${message}`);
}
