import type { ApiCorsOptions } from './api-gateway-options';
import { aBoolean, aList, aString, Check, isToken, must, optional, props } from '../private/check';
import { aDurationOf, aListOf, all, aText, aTextLike, aTextOf, knownAtSynthesis } from '../private/limits';

/** What differs between the kinds of endpoints. */
export interface CorsKind {
  readonly methods: readonly string[];
  /** Entries of a list, and characters of an origin and of a header. */
  readonly mostEntries: number;
  readonly originMaxLength: number;
  readonly headerMaxLength: number;
  /** Whether `https://*` stands for all origins of the scheme. */
  readonly schemeWildcards: boolean;
}

const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings-method-request.html */
const GATEWAY = { methods: [...METHODS, 'OPTIONS'], mostEntries: Infinity, originMaxLength: Infinity, headerMaxLength: Infinity };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export const HTTP_CORS: CorsKind = { ...GATEWAY, schemeWildcards: true };

export const REST_CORS: CorsKind = { ...GATEWAY, schemeWildcards: false };

/** https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html */
export const FUNCTION_URL_CORS: CorsKind = {
  methods: METHODS, mostEntries: 100, originMaxLength: 253, headerMaxLength: 1024, schemeWildcards: false,
};

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html and the page of function URLs; no browser keeps them longer. */
const MOST_AGE_SECONDS = 86_400;

/** https://www.rfc-editor.org/rfc/rfc9110#name-tokens, without the quote that API Gateway's mappings end a value with. */
const HEADER = /^[A-Za-z0-9!#$%&*+.^_`|~-]+$/;

/** https://fetch.spec.whatwg.org/#http-cors-protocol: of browsers' extensions and applications, too. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([A-Za-z0-9._-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?$/;

export function corsChecks(kind: CorsKind): Check {
  const headers = (least: number) => aListOf(all(aTextLike('the name of a header, or "*"', HEADER), aTextOf(1, kind.headerMaxLength)), least, kind.mostEntries);
  return props<ApiCorsOptions>({
    allowOrigins: all(
      aList,
      must('a list of at least one origin, like "https://app.example.com"', (value) => (value as unknown[]).length > 0),
      aListOf(anOrigin(kind), 1, kind.mostEntries),
    ),
    ...optional({
      allowMethods: aListOf(aText(`one of ${[...kind.methods, '*'].join(', ')}`, (method) => method === '*' || kind.methods.includes(method)), 1, kind.mostEntries),
      allowHeaders: headers(0),
      exposeHeaders: headers(0),
      allowCredentials: aBoolean,
      maxAge: knownAtSynthesis(aDurationOf('seconds', 0, MOST_AGE_SECONDS)),
    }),
  });
}

function anOrigin({ originMaxLength, schemeWildcards }: CorsKind): Check {
  return all(aString, (prop, value) => {
    const origin = value as string;
    if (origin === '*' || isToken(origin) || (schemeWildcards && isSchemeWildcard(origin))) return undefined;
    return must(whatOriginMustBe(origin, schemeWildcards), () => isOrigin(origin))(prop, origin);
  }, aTextOf(1, originMaxLength));
}

function whatOriginMustBe(origin: string, schemeWildcards: boolean): string {
  if (!origin.includes('*')) return 'an origin as browsers send it, a scheme and a host in lower case without a path, like "https://app.example.com"';
  return `an origin without "*" in it: origins are compared as a whole; name each, or allow all by "*" alone${schemeWildcards ? ', "https://*" or "http://*"' : ''}`;
}

export function isSchemeWildcard(origin: string): boolean {
  return origin === 'https://*' || origin === 'http://*';
}

/** Browsers send hosts in lower case and in Punycode, and no port that the scheme has anyway. */
function isOrigin(origin: string): boolean {
  if (!ORIGIN.test(origin)) return false;
  return /^https?:/.test(origin) ? URL.canParse(origin) && new URL(origin).origin === origin : true;
}
