import type { Properties } from '../assembly/template';

/** The endpoint of a function, as its template defines it. */
export interface LocalEndpoint {
  readonly kind: 'http-api' | 'rest-api' | 'function-url' | 'none';
  /** The payload format of the events. */
  readonly payload: '1.0' | '2.0';
  /** The stage's name: `$default`, `prod`. */
  readonly stage: string;
  readonly streaming: boolean;
  /** Empty for a function URL, which passes every request to the function. */
  readonly routes: readonly LocalRoute[];
  /** The authorization of a function URL. */
  readonly authorization: LocalAuthorization;
  /** The response to preflight requests, and the headers added to other responses. REST APIs have routes for preflight requests instead. */
  readonly cors?: LocalCors;
  /** The binary media types of a REST API. */
  readonly binaryMediaTypes: readonly string[];
  /** A REST API's own responses, by the type of the gateway response. */
  readonly gatewayResponses: Readonly<Record<string, LocalGatewayResponse>>;
  /** How long an API waits for the function, in milliseconds. Undefined for a function URL, which waits as long as the function runs. */
  readonly timeoutMs?: number;
}

/** A resource `AWS::ApiGateway::GatewayResponse`. */
export interface LocalGatewayResponse {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The mapping template of `application/json`. */
  readonly template?: string;
}

export interface LocalRoute {
  /** `ANY` for all methods. */
  readonly method: string;
  /** `/users/{proxy+}`. `$default` matches what no other route does. */
  readonly path: string;
  readonly authorization: LocalAuthorization;
  readonly apiKeyRequired: boolean;
  /** The API's response without an invocation. */
  readonly answer?: LocalAnswer;
}

export interface LocalAuthorization {
  readonly kind: 'none' | 'iam' | 'jwt' | 'cognito' | 'lambda';
  readonly scopes?: readonly string[];
  /** The properties of the authorizer's resource. */
  readonly authorizer?: Properties;
}

export interface LocalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The origins that replace `Access-Control-Allow-Origin` in responses to their requests. */
  readonly otherOrigins: readonly string[];
}

export interface LocalCors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  /** In seconds. */
  readonly maxAge?: number;
}

export const NO_ENDPOINT: LocalEndpoint = {
  kind: 'none',
  payload: '2.0',
  stage: '$default',
  streaming: false,
  routes: [],
  authorization: { kind: 'none' },
  binaryMediaTypes: [],
  gatewayResponses: {},
};
