import { EventContext } from '../gateway/event-context';
import { HttpRequest, HttpResponse } from '../gateway/http-message';
import { restApiEvent } from '../gateway/payload-1';
import { functionUrlEvent, httpApiEvent } from '../gateway/payload-2';
import { FUNCTION_URL_RULES, HTTP_API_RULES, jsonResponse, ResponseRules, restApiRules } from '../gateway/to-response';
import { LazyApiError } from '../private/errors';

/** As the construct's `ApiEndpoint` calls them. */
export type TestEndpointKind = 'http' | 'rest' | 'functionUrl';

/** An endpoint with default settings. */
export interface TestEndpoint {
  readonly domainName: string;
  readonly stage: string;
  readonly rules: ResponseRules;
  readonly canStream: boolean;
  /** The response to a request without a route. Undefined for an endpoint that passes every request to the function. */
  readonly noRoute?: HttpResponse;
  /** Whether path parameters have decoded values. */
  readonly decodes: boolean;
  readonly toEvent: (request: HttpRequest, context: EventContext) => object;
  /** The authorizer context for a token with these claims. */
  readonly toAuthorizer: (claims: Readonly<Record<string, unknown>>) => object;
}

const API_HOST = 'test.execute-api.us-east-1.amazonaws.com';

/** The REST API that the construct creates takes every body as binary. */
const BINARY_MEDIA_TYPES = ['*/*'];

export const TEST_ENDPOINTS: Readonly<Record<TestEndpointKind, TestEndpoint>> = {
  http: {
    domainName: API_HOST,
    stage: '$default',
    rules: HTTP_API_RULES,
    canStream: false,
    noRoute: jsonResponse(404, '{"message":"Not Found"}'),
    decodes: true,
    toEvent: httpApiEvent,
    toAuthorizer: (claims) => ({ jwt: { claims: textOf(claims, (list) => `[${list.join(' ')}]`), scopes: null } }),
  },
  rest: {
    domainName: API_HOST,
    stage: 'prod',
    rules: restApiRules(BINARY_MEDIA_TYPES),
    canStream: true,
    // The construct's REST API has this gateway response instead of API Gateway's default, 403.
    noRoute: jsonResponse(404, '{"message":"Not Found"}'),
    decodes: false,
    toEvent: (request, context) => restApiEvent(request, { ...context, binaryMediaTypes: BINARY_MEDIA_TYPES }),
    toAuthorizer: (claims) => ({ claims: textOf(claims, (list) => list.join(',')) }),
  },
  functionUrl: {
    domainName: 'test.lambda-url.us-east-1.on.aws',
    stage: '$default',
    rules: FUNCTION_URL_RULES,
    canStream: true,
    decodes: false,
    toEvent: functionUrlEvent,
    toAuthorizer: () => {
      throw new LazyApiError('TEST_REQUEST', 'claims must not be given for a function URL, which reads no tokens; '
        + 'pass authorizer: { iam: { ... } }, or choose endpoint: "http" or "rest"');
    },
  },
};

/** Every claim is a string in events. The form of a list depends on the endpoint. */
function textOf(claims: Readonly<Record<string, unknown>>, listText: (list: readonly unknown[]) => string): Record<string, string> {
  const text = (claim: unknown) => (typeof claim === 'object' && claim !== null ? JSON.stringify(claim) : String(claim));
  return Object.fromEntries(Object.entries(claims).map(([name, claim]) => [name, Array.isArray(claim) ? listText(claim) : text(claim)]));
}
