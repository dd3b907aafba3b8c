/**
 * From what a Lambda proxy handler returned to a result that can be written as JSON and that API Gateway understands.
 */
import { answerJson, Result } from './answers';
import { CodedError, isCoded } from './coded-error';

type Returned = Partial<Record<keyof Result, unknown>> | null | undefined;

export function toResult(returned: unknown, isHttpApi: boolean): Result {
  try {
    const fields = returned as Returned;
    return isHttpApi && fields?.statusCode === undefined ? infer(returned) : pick(fields ?? {}, isHttpApi);
  } catch (cause) {
    throw isCoded(cause) ? cause : new CodedError('RESULT_NOT_SERIALIZABLE', 'the result cannot be written as JSON', { cause });
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

/** Only what the payload format knows: REST APIs refuse anything else, and nothing else can break the JSON. */
function pick({ statusCode, headers, multiValueHeaders, cookies, body, isBase64Encoded }: NonNullable<Returned>, isHttpApi: boolean): Result {
  if (!/^[1-5]\d\d$/.test(String(statusCode))) throw malformed('must have a statusCode from 100 to 599');
  if (typeof (body ?? '') !== 'string') throw malformed(`must have a string as body, got ${typeof body}`);
  const rest = { headers, isBase64Encoded, ...isHttpApi ? { cookies } : { multiValueHeaders } };
  // What its JSON says, without what is null. The body is left to be written once.
  const plain = JSON.parse(JSON.stringify(rest, (_, value: unknown) => value ?? undefined)) as Partial<Result>;
  return { ...plain, statusCode: Number(statusCode), body: body as string ?? undefined };
}

function malformed(message: string): CodedError {
  return new CodedError('RESULT_MALFORMED', `the result ${message}`);
}
