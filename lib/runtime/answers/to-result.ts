/** Converts what a Lambda proxy handler returned to a result that can be written as JSON and that API Gateway accepts. */
import { jsonResult, Result } from './result';
import { CodedError, toCodedError } from '../failures/coded-error';

type Returned = Partial<Record<string, unknown>>;

export function toResult(returned: unknown, isHttpApi: boolean): Result {
  try {
    if (isOpaque(returned)) throw malformedError('come from a fetch router, or be');
    const fields = (returned ?? {}) as Returned;
    return isHttpApi && fields.statusCode === undefined ? infer(returned) : pick(fields, isHttpApi);
  } catch (cause) {
    throw toCodedError(cause, 'RESULT_NOT_SERIALIZABLE', 'the result cannot be written as JSON');
  }
}

/**
 * In payload format 2.0, a result without a status code is the body of a response with status 200.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function infer(returned: unknown): Result {
  const body = typeof returned === 'string' ? returned : JSON.stringify(returned ?? undefined) as string | undefined;
  if (body === undefined) throw malformedError('be');
  return jsonResult(200, body);
}

type Check = (value: unknown) => boolean;

/** Values whose JSON would lose their contents. They are recognized by their tag, so that Node.js's fetch is not loaded. */
const isOpaque: Check = (value) => /Map|Set|Headers|Response|Error|Function|Symbol/.test({}.toString.call(value));

/**
 * An object or an array of JSON values. The names of headers are tokens: https://www.rfc-editor.org/rfc/rfc9110#name-tokens. Indexes are tokens, too.
 */
const all = (isList: boolean, isMember: Check): Check => (value) => typeof value === 'object' && Array.isArray(value) === isList
  && Object.entries(value!).every(([name, member]) => /^[\w!#-'*+.^`|~-]+$/.test(name) && isMember(member));

/** A line break would start another header. */
const isValue: Check = (value) => typeof value !== 'object' && !/[\0\r\n]/.test(value as string);
const isText: Check = (value) => typeof value === 'string' && isValue(value);

/** What API Gateway accepts. */
const MEMBERS: { readonly [name: string]: Check } = {
  statusCode: (value) => isValue(value) && /^[1-5]\d\d$/.test(value as string),
  headers: all(false, isValue),
  multiValueHeaders: all(false, all(true, isValue)),
  cookies: all(true, isText),
  body: (value) => typeof (value ?? '') === 'string',
  isBase64Encoded: (value) => typeof value === 'boolean',
};

/** Only the members of the payload format. REST APIs reject any other member, and another one could break the JSON. */
function pick(fields: Returned, isHttpApi: boolean): Result {
  const result: { [name: string]: unknown } = {};
  for (const name in MEMBERS) {
    const value = name === 'body' ? fields[name] ?? undefined : toPlain(fields[name]);
    if (value === undefined ? name === 'statusCode' : !MEMBERS[name](value)) throw malformedError(`have ${name}`);
    if (name !== (isHttpApi ? 'multiValueHeaders' : 'cookies')) result[name] = value;
  }
  result.statusCode = +(result.statusCode as string);
  return result as unknown as Result;
}

/**
 * The JSON members of an object, without members that are null. A value that would be empty in JSON becomes [[]], which is invalid for every member.
 */
function toPlain(value: unknown): unknown {
  return Object(value) === value
    ? JSON.parse(JSON.stringify(value, (_, member: unknown) => (isOpaque(member) ? [[]] : member ?? undefined)))
    : value ?? undefined;
}

function malformedError(must: string): CodedError {
  return new CodedError('RESULT_MALFORMED', `the result must ${must} as in LambdaProxyResult`);
}
