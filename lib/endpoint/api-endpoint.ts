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

/**
 * The kind of endpoint in front of a LazyApiFunction.
 */
export abstract class ApiEndpoint {
  /**
   * An API Gateway HTTP API: a pair of routes for each router, authorised by IAM unless said otherwise.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
   */
  public static http(options: HttpApiEndpointOptions = {}): ApiEndpoint {
    return new Endpoint((prefixes) => HttpApiEndpoint._plan(prefixes, options));
  }

  /**
   * An API Gateway REST API, for what an HTTP API has not: AWS WAF, API keys and usage plans, private APIs, streamed answers. A pair of routes for
   * each router, authorised by IAM unless said otherwise.
   *
   * Its logs, access logs included, need a role that is a setting of the account: see `cloudWatchRole`.
   *
   * An unsigned request to a route that IAM authorises is answered 404, as are paths that no route has: API Gateway does not tell the two apart.
   * With `cors`, errors that API Gateway itself answers with have CORS headers where there is one origin, or `*`; with several, a web page sees a
   * network error instead of them.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
   */
  public static rest(options: RestApiEndpointOptions = {}): ApiEndpoint {
    return new Endpoint((prefixes) => RestApiEndpoint._plan(prefixes, options));
  }

  /**
   * A Lambda function URL, which costs nothing beside the function, and waits as long as the function may run. The function itself finds the
   * router by the path, so one authorization holds for all: IAM unless said otherwise.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
   */
  public static functionUrl(options: FunctionUrlEndpointOptions = {}): ApiEndpoint {
    return new Endpoint(() => FunctionUrlEndpoint._plan(options));
  }

  /**
   * Routes that are added to an HTTP API of yours. Its stage, access logs, CORS configuration and domain stay as they are.
   */
  public static fromHttpApi(api: IHttpApi, options: ExistingHttpApiOptions = {}): ApiEndpoint {
    checkProp('HTTP_API', 'ApiEndpoint.fromHttpApi: api', api, having('apiId', 'an IHttpApi'));
    return new Endpoint((prefixes) => ExistingHttpApi._plan(prefixes, api, options));
  }

  /**
   * Routes that are added to a REST API of yours. Resources that it has are used. Its stage, logs, gateway responses, binary media types and domain
   * stay as they are; answers can be binary only where its binary media types say so.
   *
   * An API in this stack is deployed again by itself. An imported one (`RestApi.fromRestApiAttributes`) is not: deploy it after this stack, whenever
   * the routers change; CloudWatch knows it by its name, so import that too. What an imported API has is not known here, so its routes, and variable
   * children beside new ones, fail at deployment; those declared in this app fail at synthesis. An API in another stack of this app cannot depend
   * on routes here, so import it.
   */
  public static fromRestApi(api: IRestApi, options: ExistingRestApiOptions = {}): ApiEndpoint {
    checkProp('REST_API', 'ApiEndpoint.fromRestApi: api', api, having('restApiId', 'an IRestApi'));
    return new Endpoint((prefixes) => ExistingRestApi._plan(prefixes, api, options));
  }

  /**
   * No endpoint: put your own in front of `function`.
   *
   * The function serves API Gateway's events for the routes `PREFIX` and `PREFIX/{proxy+}` of each router, of any method, and events of the route
   * `$default` by their path. It answers 404 to other routes, because their authorization is not known.
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
