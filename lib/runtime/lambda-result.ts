/**
 * From what a Lambda proxy handler returned to a result that can be written as JSON and that API Gateway understands.
 */
import { answerJson, Result } from './answers';
import { CodedError, toCodedError } from './coded-error';

type Returned = Partial<Record<keyof Result, unknown>> | null | undefined;

export function toResult(returned: unknown, isHttpApi: boolean): Result {
  try {
    const fields = returned as Returned;
    return isHttpApi && fields?.statusCode === undefined ? infer(returned) : pick(fields ?? {}, isHttpApi);
  } catch (cause) {
    throw toCodedError(cause, 'RESULT_NOT_SERIALIZABLE', 'the result cannot be written as JSON');
  }
}

/**
 * Payload format 2.0 takes a result without status code for the body of a 200.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function infer(returned: unknown): Result {
  const body = typeof returned === 'string' ? returned : JSON.stringify(returned ?? undefined) as string | undefined;
  if (body === undefined) throw malformed('must not be empty');
  return answerJson(200, body);
}

type Check = (value: unknown) => boolean;

/** An object or an array of what JSON has. The names of headers are tokens: https://www.rfc-editor.org/rfc/rfc9110#name-tokens. So are indexes. */
const all = (isList: boolean, isMember: Check): Check => (value) => typeof value === 'object' && Array.isArray(value) === isList
  && Object.entries(value!).every(([name, member]) => /^[\w!#-'*+.^`|~-]+$/.test(name) && isMember(member));

/** A line break would begin another header. */
const isValue: Check = (value) => typeof value !== 'object' && !/[\0\r\n]/.test(value as string);
const isText: Check = (value) => typeof value === 'string' && isValue(value);

/** What API Gateway takes. */
const MEMBERS: { readonly [name: string]: Check } = {
  statusCode: (value) => /^[1-5]\d\d$/.test(value as string),
  headers: all(false, isValue),
  multiValueHeaders: all(false, all(true, isValue)),
  cookies: all(true, isText),
  body: (value) => typeof (value ?? '') === 'string',
  isBase64Encoded: (value) => typeof value === 'boolean',
};

/** Only what the payload format knows: REST APIs refuse anything else, and nothing else can break the JSON. */
function pick({ statusCode, headers, multiValueHeaders, cookies, body, isBase64Encoded }: NonNullable<Returned>, isHttpApi: boolean): Result {
  const head = { statusCode: String(statusCode), headers, isBase64Encoded, ...isHttpApi ? { cookies } : { multiValueHeaders } };
  // What its JSON says, without what is null. The body is left to be written once.
  const result = JSON.parse(JSON.stringify(head, (_, value: unknown) => value ?? undefined)) as Result & { [name: string]: unknown };
  result.body = body as string ?? undefined;
  for (const [name, value] of Object.entries(result)) {
    if (!MEMBERS[name](value)) throw malformed(`must have ${name} as in LambdaProxyResult`);
  }
  result.statusCode = Number(result.statusCode);
  return result;
}

function malformed(message: string): CodedError {
  return new CodedError('RESULT_MALFORMED', `the result ${message}`);
}
