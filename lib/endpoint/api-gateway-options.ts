import type { Duration } from 'aws-cdk-lib';
import type { ThrottleSettings } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ApiAuthorization } from './api-authorization';

/**
 * What a router's routes may have of their own.
 */
export interface RouteOptions {
  /**
   * Who may call this router.
   *
   * @default - the authorization of the endpoint
   */
  readonly authorization?: ApiAuthorization;

  /**
   * How many requests a second API Gateway lets through to each of this router's routes; more are answered 429. `rateLimit` and `burstLimit` are
   * 0 or more, `burstLimit` a whole number.
   *
   * @default - the throttle of the endpoint
   */
  readonly throttle?: ThrottleSettings;

  /**
   * Whether callers must send an API key of a usage plan in the `x-api-key` header. For REST APIs. True without a usage plan of the endpoint is a
   * warning.
   *
   * @default - true if the endpoint has a usage plan, or if the default method options of an existing API require a key; otherwise false
   */
  readonly apiKeyRequired?: boolean;
}

/**
 * Which web pages of other origins may call the API.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/CORS
 */
export interface ApiCorsOptions {
  /**
   * The origins as browsers send them, like `https://app.example.com`, or `*` alone for all; at least one. Origins are compared as a whole, so
   * `https://*.example.com` fails. An HTTP API also accepts `https://*` and `http://*`, for all origins of a scheme. A function URL accepts at most
   * 100 origins of at most 253 characters each.
   */
  readonly allowOrigins: string[];

  /**
   * The methods that pages may use, in upper case, or `*` alone; at least one. A function URL does not accept OPTIONS.
   *
   * @default - GET, HEAD, PUT, PATCH, POST, DELETE
   */
  readonly allowMethods?: string[];

  /**
   * The request headers that pages may send; for a function URL at most 100, of at most 1024 characters each.
   *
   * @default - Authorization, Content-Type, X-Api-Key, and those of requests signed by AWS's SDKs: X-Amz-Date, X-Amz-Security-Token, X-Amz-User-Agent
   */
  readonly allowHeaders?: string[];

  /**
   * The response headers that pages may read, beside those that they always may; for a function URL at most 100, of at most 1024 characters each.
   *
   * @default - none
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether pages may send cookies and read the answers. Browsers then take no `*` in any of the lists, so it is refused.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * How long a browser may remember the answer to a preflight request: whole seconds, at most one day, known at synthesis.
   *
   * @default - the browser's own default, 5 seconds in most
   */
  readonly maxAge?: Duration;
}

/**
 * Mutual TLS: callers show a certificate that an authority of the truststore issued.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export interface MutualTlsOptions {
  /** The bucket of the truststore, in the API's region. */
  readonly bucket: IBucket;

  /** The truststore's key in the bucket: a file of PEM certificates. At most 1024 characters. */
  readonly key: string;

  /**
   * The version of the truststore: at most 64 characters. With it, API Gateway uses a new version only after a deployment.
   *
   * @default - the newest
   */
  readonly version?: string;
}

/**
 * A domain name of your own in front of the API.
 */
export interface ApiDomainOptions {
  /**
   * The name, for example `api.example.com`: lower case, at most 253 characters, without a scheme, a port or a path.
   *
   * At a domain in front of a REST API, API Gateway itself answers `/ping` and `/sping`, so synthesis refuses a router at these paths.
   */
  readonly domainName: string;

  /** A certificate for the name, in the API's region. */
  readonly certificate: ICertificate;

  /**
   * Where alias records (A and AAAA) are added for the name: the zone of the name, or of a domain above it.
   *
   * @default - you point the name to the API yourself
   */
  readonly hostedZone?: IHostedZone;

  /**
   * The path of the API on the domain, without slashes at its ends: `clinic` or `clinic/v1`. At most 300 characters.
   * With it, several APIs may share a domain name.
   *
   * @default - the API is at the root of the domain
   */
  readonly basePath?: string;

  /**
   * Whether the API no longer answers at its `execute-api` URL.
   *
   * @default - true where there is mutual TLS, which that URL would be a way around; else false
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * Asks callers for certificates.
   *
   * @default - callers need no certificate
   */
  readonly mutualTls?: MutualTlsOptions;
}

/**
 * What `ApiEndpoint.http` and `ApiEndpoint.rest` have in common.
 */
export interface ApiGatewayEndpointOptions {
  /**
   * Who may call the API.
   *
   * @default ApiAuthorization.iam()
   */
  readonly authorization?: ApiAuthorization;

  /**
   * What single routers have of their own, by their path prefix: `{ '/api/v1/health': { authorization: ApiAuthorization.none() } }`.
   *
   * A prefix that is no router's fails.
   *
   * @default - all routers are alike
   */
  readonly routes?: { [prefix: string]: RouteOptions };

  /**
   * The API's name: 1 to 128 characters for an HTTP API, 1 to 1024 for a REST API.
   *
   * @default - made of the construct's path
   */
  readonly apiName?: string;

  /**
   * The API's description, of at most 1024 characters.
   *
   * @default - the list of the routers
   */
  readonly description?: string;

  /**
   * How many requests a second API Gateway lets through, over all routes; more are answered 429. `rateLimit` and `burstLimit` are 0 or more,
   * `burstLimit` a whole number.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
   * @default - the limits of the account in this region
   */
  readonly throttle?: ThrottleSettings;

  /**
   * Where API Gateway writes a JSON line about each request: no query string, no header but the user agent, nothing that authorises.
   *
   * @default - a log group of its own, kept for one month, and kept when the stack is deleted
   */
  readonly accessLogGroup?: ILogGroup;

  /**
   * Which web pages of other origins may call the API. API Gateway answers their preflight requests without authorization.
   *
   * @default - none
   */
  readonly cors?: ApiCorsOptions;

  /**
   * A domain name of your own.
   *
   * @default - the API is at its `execute-api` URL
   */
  readonly domain?: ApiDomainOptions;
}
