import type { ApiCorsOptions } from './api-gateway-options';
import { aBoolean, aList, aString, Rule, isToken, must, objectOf, optional } from '../private/check';
import { aDurationOf, aListOfLength, all, aStringLike, aStringOfLength, aStringThatIs, knownAtSynthesis } from '../private/limits';

/** The rules for CORS that differ between the kinds of endpoints. */
export interface CorsKind {
  readonly methods: readonly string[];
  /** The maximum number of entries in each list. */
  readonly mostEntries: number;
  /** In characters. */
  readonly originMaxLength: number;
  /** In characters. */
  readonly headerMaxLength: number;
  /** Whether `https://*` stands for all origins of the scheme. */
  readonly schemeWildcards: boolean;
}

/** The methods that all kinds of endpoints accept. They are also the default. */
export const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings-method-request.html */
const GATEWAY = { methods: [...METHODS, 'OPTIONS'], mostEntries: Infinity, originMaxLength: Infinity, headerMaxLength: Infinity };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export const HTTP_CORS: CorsKind = { ...GATEWAY, schemeWildcards: true };

export const REST_CORS: CorsKind = { ...GATEWAY, schemeWildcards: false };

/** https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html */
export const FUNCTION_URL_CORS: CorsKind = {
  methods: METHODS, mostEntries: 100, originMaxLength: 253, headerMaxLength: 1024, schemeWildcards: false,
};

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html; the limit of function URLs and of browsers is the same or lower. */
const MOST_AGE_SECONDS = 86_400;

/** https://www.rfc-editor.org/rfc/rfc9110#name-tokens, without the single quote, which ends a value in API Gateway's mappings. */
const HEADER = /^[A-Za-z0-9!#$%&*+.^_`|~-]+$/;

/** https://fetch.spec.whatwg.org/#http-cors-protocol. Browser extensions and native applications have their own schemes. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([A-Za-z0-9._-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?$/;

export function corsChecks(kind: CorsKind): Rule {
  const aHeader = all(aStringLike('the name of a header, or "*"', HEADER), aStringOfLength(1, kind.headerMaxLength));
  const aMethod = aStringThatIs(`one of ${[...kind.methods, '*'].join(', ')}`, (method) => method === '*' || kind.methods.includes(method));
  return objectOf<ApiCorsOptions>({
    allowOrigins: all(
      aList,
      must('a list of at least one origin, like "https://app.example.com"', (value) => (value as unknown[]).length > 0),
      aListOfLength(anOrigin(kind), 1, kind.mostEntries),
    ),
    ...optional({
      allowMethods: aListOfLength(aMethod, 1, kind.mostEntries),
      allowHeaders: aListOfLength(aHeader, 0, kind.mostEntries),
      exposeHeaders: aListOfLength(aHeader, 0, kind.mostEntries),
      allowCredentials: aBoolean,
      maxAge: knownAtSynthesis(aDurationOf('seconds', 0, MOST_AGE_SECONDS)),
    }),
  });
}

function anOrigin({ originMaxLength, schemeWildcards }: CorsKind): Rule {
  return all(aString, (prop, value) => {
    const origin = value as string;
    if (origin === '*' || isToken(origin) || (schemeWildcards && isSchemeWildcard(origin))) return undefined;
    return must(whatOriginMustBe(origin, schemeWildcards), () => isOrigin(origin))(prop, origin);
  }, aStringOfLength(1, originMaxLength));
}

function whatOriginMustBe(origin: string, schemeWildcards: boolean): string {
  if (!origin.includes('*')) return 'an origin as browsers send it: a scheme and a host in lowercase, without a path, like "https://app.example.com"';
  const wildcards = `"*" alone${schemeWildcards ? ', "https://*" or "http://*"' : ''}`;
  return `an origin without "*" in it: origins are compared as a whole; list each origin, or allow all with ${wildcards}`;
}

export function isSchemeWildcard(origin: string): boolean {
  return origin === 'https://*' || origin === 'http://*';
}

/** Browsers send hosts in lowercase and in Punycode, and omit the default port of the scheme. */
function isOrigin(origin: string): boolean {
  if (!ORIGIN.test(origin)) return false;
  return /^https?:/.test(origin) ? URL.canParse(origin) && new URL(origin).origin === origin : true;
}
