import type { Duration } from 'aws-cdk-lib';
import type { ThrottleSettings } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ApiAuthorization } from './api-authorization';

/** Options for the routes of a single router. */
export interface RouteOptions {
  /**
   * Who can call this router.
   *
   * @default - the endpoint's authorization
   */
  readonly authorization?: ApiAuthorization;

  /**
   * The request rate that API Gateway allows for each of this router's routes. Requests over the limit get a 429 response.
   *
   * `rateLimit` is in requests per second. `rateLimit` and `burstLimit` must be 0 or more, and `burstLimit` must be a whole number.
   *
   * @default - the endpoint's throttle
   */
  readonly throttle?: ThrottleSettings;

  /**
   * Whether callers must send an API key of a usage plan in the `x-api-key` header. For REST APIs only.
   *
   * Synthesis warns if this is true and the endpoint has no usage plan.
   *
   * @default - true if the endpoint has a usage plan, or if the default method options of an existing API require a key; false otherwise
   */
  readonly apiKeyRequired?: boolean;
}

/**
 * Options for cross-origin resource sharing (CORS): which web pages of other origins can call the API.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/CORS
 */
export interface ApiCorsOptions {
  /**
   * The origins that can call the API, as browsers send them, for example `https://app.example.com`, or only `*` for all origins. Specify at least
   * one.
   *
   * Origins are compared as a whole, so `https://*.example.com` fails. An HTTP API also accepts `https://*` and `http://*`, for all origins of a
   * scheme. A function URL accepts at most 100 origins of at most 253 characters each.
   */
  readonly allowOrigins: string[];

  /**
   * The methods that pages can use, in uppercase, or only `*` for all methods. Specify at least one. A function URL does not accept OPTIONS.
   *
   * @default - GET, HEAD, PUT, PATCH, POST, DELETE
   */
  readonly allowMethods?: string[];

  /**
   * The request headers that pages can send. A function URL accepts at most 100 headers of at most 1024 characters each.
   *
   * @default - Authorization, Content-Type, X-Api-Key, and the headers that AWS SDKs use to sign requests: X-Amz-Date, X-Amz-Security-Token,
   * X-Amz-User-Agent
   */
  readonly allowHeaders?: string[];

  /**
   * The response headers that pages can read, in addition to those that browsers always expose. A function URL accepts at most 100 headers of at most
   * 1024 characters each.
   *
   * @default - none
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether pages can send cookies and read the responses. If this is true, none of the lists can contain `*`, because browsers do not accept it with
   * credentials.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * How long browsers can cache the response to a preflight request. The duration must be whole seconds, at most one day, known at synthesis.
   *
   * @default - the browser's default, which is 5 seconds in most browsers
   */
  readonly maxAge?: Duration;
}

/**
 * Options for mutual TLS. Callers must present a certificate that is issued by a certificate authority in the truststore.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export interface MutualTlsOptions {
  /** The S3 bucket that contains the truststore. It must be in the API's region. */
  readonly bucket: IBucket;

  /** The object key of the truststore, a file with PEM certificates. At most 1024 characters. */
  readonly key: string;

  /**
   * The object version of the truststore, at most 64 characters. If you set it, API Gateway uses a new version only after a deployment.
   *
   * @default - the latest version
   */
  readonly version?: string;
}

/** Options for a custom domain name in front of the API. */
export interface ApiDomainOptions {
  /**
   * The domain name, for example `api.example.com`: lowercase, at most 253 characters, without a scheme, port, or path.
   *
   * On custom domains of REST APIs, API Gateway itself responds to `/ping` and `/sping`, so synthesis refuses routers at these paths.
   */
  readonly domainName: string;

  /** The certificate for the domain name. It must be in the API's region. */
  readonly certificate: ICertificate;

  /**
   * The hosted zone to add alias records (A and AAAA) for the domain name to. It must be the zone of the domain name or of one of its parent domains.
   *
   * @default - no records; you point the domain name to the API yourself
   */
  readonly hostedZone?: IHostedZone;

  /**
   * The path of the API on the domain, without leading or trailing slashes: `clinic` or `clinic/v1`. At most 300 characters. With base paths, several
   * APIs can share a domain name.
   *
   * @default - the API is at the root of the domain
   */
  readonly basePath?: string;

  /**
   * Whether to disable the API's `execute-api` URL.
   *
   * @default - true with mutual TLS, which callers could bypass through that URL; false otherwise
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * Requires certificates from callers (mutual TLS).
   *
   * @default - callers need no certificate
   */
  readonly mutualTls?: MutualTlsOptions;
}

/** Options that `ApiEndpoint.http` and `ApiEndpoint.rest` share. */
export interface ApiGatewayEndpointOptions {
  /**
   * Who can call the API.
   *
   * @default ApiAuthorization.iam()
   */
  readonly authorization?: ApiAuthorization;

  /**
   * Options for single routers, by path prefix: `{ '/api/v1/health': { authorization: ApiAuthorization.none() } }`.
   *
   * Synthesis fails if no router has the prefix.
   *
   * @default - all routers use the endpoint's options
   */
  readonly routes?: { [prefix: string]: RouteOptions };

  /**
   * The name of the API: 1 to 128 characters for an HTTP API, 1 to 1024 characters for a REST API.
   *
   * @default - derived from the construct's path
   */
  readonly apiName?: string;

  /**
   * The description of the API, at most 1024 characters.
   *
   * @default - a list of the routers
   */
  readonly description?: string;

  /**
   * The request rate that API Gateway allows for all routes together. Requests over the limit get a 429 response.
   *
   * `rateLimit` is in requests per second. `rateLimit` and `burstLimit` must be 0 or more, and `burstLimit` must be a whole number.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
   * @default - the account's limits in this region
   */
  readonly throttle?: ThrottleSettings;

  /**
   * The log group for access logs. API Gateway writes one JSON line for each request. The line contains no query string, no header except the user
   * agent, and no credentials.
   *
   * @default - a new log group that keeps logs for one month and is retained when the stack is deleted
   */
  readonly accessLogGroup?: ILogGroup;

  /**
   * Which web pages of other origins can call the API. API Gateway responds to their preflight requests without authorization.
   *
   * @default - none
   */
  readonly cors?: ApiCorsOptions;

  /**
   * A custom domain name for the API.
   *
   * @default - the API uses its `execute-api` URL
   */
  readonly domain?: ApiDomainOptions;
}
