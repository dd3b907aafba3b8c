/**
 * The results that Lambda passes on and API Gateway accepts. Any other result becomes a 502 response without an explanation.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response
 */
export type Payload = '1.0' | '2.0';

const MEMBERS = { '1.0': ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'], '2.0': ['statusCode', 'headers', 'cookies', 'body', 'isBase64Encoded'] } as const;

/** The size at which Lambda rejects a result: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES = 6_291_556;

/** Why API Gateway would not pass the result on, or undefined if it would. `null` counts as a missing value. */
export function refusedBy(payload: Payload, result: unknown): string | undefined {
  const json = JSON.stringify(result);
  if (json === undefined) return 'no JSON';
  if (Buffer.byteLength(json) > MOST_BYTES) return 'too large';
  const parsed: unknown = JSON.parse(json);
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return 'no object';
  const members = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== null)) as Record<string, unknown>;
  const odd = Object.keys(members).find((name) => !(MEMBERS[payload] as readonly string[]).includes(name));
  if (odd !== undefined) return `has ${odd}`;
  const { statusCode, headers, multiValueHeaders, cookies, body, isBase64Encoded } = members;
  if (!Number.isInteger(statusCode) || Number(statusCode) < 100 || Number(statusCode) > 599) return 'statusCode';
  if (body !== undefined && typeof body !== 'string') return 'body';
  if (isBase64Encoded !== undefined && typeof isBase64Encoded !== 'boolean') return 'isBase64Encoded';
  if (headers !== undefined && !isMap(headers, isValue)) return 'headers';
  if (multiValueHeaders !== undefined && !isMap(multiValueHeaders, (value) => Array.isArray(value) && value.every(isValue))) return 'multiValueHeaders';
  if (cookies !== undefined && !(Array.isArray(cookies) && cookies.every((value) => typeof value === 'string' && isValue(value)))) return 'cookies';
  return undefined;
}

function isMap(value: unknown, holds: (member: unknown) => boolean): boolean {
  return typeof value === 'object' && !Array.isArray(value) && Object.entries(value!).every(([name, member]) => isToken(name) && holds(member));
}

/** The name of a header: https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
function isToken(name: string): boolean {
  return name !== '' && [...name].every((character) => /[a-z0-9]/i.test(character) || '!#$%&\'*+-.^_`|~'.includes(character));
}

/** A header value that cannot start another header: https://www.rfc-editor.org/rfc/rfc9110#section-5.5-5 */
function isValue(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && !['\r', '\n', '\0'].some((odd) => String(value).includes(odd));
}
