import type { IRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { EndpointPlan } from './endpoint-plan';
import { FunctionUrlEndpoint, FunctionUrlEndpointOptions } from './function-url-endpoint';
import { ExistingHttpApi, ExistingHttpApiOptions } from './http/existing-http-api';
import { HttpApiEndpoint, HttpApiEndpointOptions } from './http/http-api-endpoint';
import { NoEndpoint } from './no-endpoint';
import { ExistingRestApi, ExistingRestApiOptions } from './rest/existing-rest-api';
import { RestApiEndpoint } from './rest/rest-api-endpoint';
import type { RestApiEndpointOptions } from './rest/rest-api-options';
import { PLAIN_ENDPOINT } from '../contract/endpoint';
import { checkProp, having } from '../private/check';
import type { ParsedPrefix } from '../routing/prefix';

/** The endpoint in front of a LazyApiFunction. */
export abstract class ApiEndpoint {
  /**
   * An API Gateway HTTP API with two routes for each router. Routes use IAM authorization by default.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
   *
   * @example
   * new LazyApiFunction(stack, 'Api', {
   *   routers: Routers.fromDirectory('src/routers', { basePath: '/api' }),
   *   endpoint: ApiEndpoint.http({
   *     authorization: ApiAuthorization.jwt({ issuer: 'https://login.example.com/', audience: ['my-api'] }),
   *     routes: { '/api/health': { authorization: ApiAuthorization.none() } },
   *     cors: { allowOrigins: ['https://app.example.com'] },
   *   }),
   * });
   */
  public static http(options: HttpApiEndpointOptions = {}): ApiEndpoint {
    return new Endpoint((prefixes) => HttpApiEndpoint._plan(prefixes, options));
  }

  /**
   * An API Gateway REST API with two routes for each router. Routes use IAM authorization by default.
   *
   * Choose a REST API for features that HTTP APIs do not have: AWS WAF, API keys and usage plans, private APIs, and streamed responses.
   *
   * API Gateway needs a role to write the API's logs, including access logs. The role is an account-level setting: see `cloudWatchRole`.
   *
   * API Gateway cannot tell an unsigned request to a route with IAM authorization from a request to a path without a route. Both get a 404 response.
   * With `cors`, API Gateway's own error responses have CORS headers if you allow one origin or `*`. If you allow several origins, web pages see a
   * network error instead.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
   */
  public static rest(options: RestApiEndpointOptions = {}): ApiEndpoint {
    return new Endpoint((prefixes) => RestApiEndpoint._plan(prefixes, options));
  }

  /**
   * A Lambda function URL. It adds no cost to the function's own, and it waits for as long as the function's timeout allows.
   *
   * The function finds the router by the request's path, so one authorization applies to all routers: IAM by default.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
   */
  public static functionUrl(options: FunctionUrlEndpointOptions = {}): ApiEndpoint {
    return new Endpoint(() => FunctionUrlEndpoint._plan(options));
  }

  /** Adds routes to an existing HTTP API. The API keeps its stage, access logs, CORS configuration, and domain. */
  public static fromHttpApi(api: IHttpApi, options: ExistingHttpApiOptions = {}): ApiEndpoint {
    checkProp('HTTP_API', 'ApiEndpoint.fromHttpApi: api', api, having('apiId', 'an IHttpApi'));
    return new Endpoint((prefixes) => ExistingHttpApi._plan(prefixes, api, options));
  }

  /**
   * Adds routes to an existing REST API, reusing the resources that it already has. The API keeps its stage, logs, gateway responses, binary media
   * types, and domain. A response can be binary only if the API's binary media types include its type.
   *
   * An API in this stack is redeployed automatically. An imported API (`RestApi.fromRestApiAttributes`) is not: deploy it after this stack whenever
   * the routers change. CloudWatch identifies a REST API by its name, so import the name too.
   *
   * Synthesis fails if this app already declares one of the routes, or a variable resource next to a new one. Synthesis cannot see the routes and
   * resources of an imported API, so those conflicts fail at deployment.
   *
   * An API that belongs to another stack of this app cannot depend on routes in this stack. Import it instead.
   */
  public static fromRestApi(api: IRestApi, options: ExistingRestApiOptions = {}): ApiEndpoint {
    checkProp('REST_API', 'ApiEndpoint.fromRestApi: api', api, having('restApiId', 'an IRestApi'));
    return new Endpoint((prefixes) => ExistingRestApi._plan(prefixes, api, options));
  }

  /**
   * No endpoint. Put your own endpoint in front of `function`.
   *
   * The function accepts API Gateway events, with any method, for the routes `PREFIX` and `PREFIX/{proxy+}` of each router. For events of the route
   * `$default`, it finds the router by the path. It returns 404 for all other routes, because it does not know their authorization.
   */
  public static none(): ApiEndpoint {
    return new Endpoint(() => ({
      traits: PLAIN_ENDPOINT,
      eventSource: 'HTTP API',
      urlOutput: false,
      bind: (scope) => new NoEndpoint(scope, 'NoEndpoint'),
    }));
  }

  /**
   * Checks the options and plans the routes for these prefixes. Throws an error if the options do not fit the prefixes.
   * @internal
   */
  public abstract _plan(prefixes: readonly ParsedPrefix[]): EndpointPlan;
}

class Endpoint extends ApiEndpoint {
  constructor(public readonly _plan: (prefixes: readonly ParsedPrefix[]) => EndpointPlan) {
    super();
  }
}
