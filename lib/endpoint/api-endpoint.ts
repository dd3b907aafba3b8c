import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { HttpApiEndpoint, HttpApiEndpointOptions } from './http-api-endpoint';
import { IApiEndpoint } from './i-api-endpoint';

/**
 * The kind of front door that a LazyApiFunction gets.
 */
export abstract class ApiEndpoint {
  /**
   * An API Gateway HTTP API: a pair of routes for each router, authorised by IAM unless said otherwise.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
   */
  public static http(options: HttpApiEndpointOptions = {}): ApiEndpoint {
    return new HttpEndpoint(options);
  }

  /** @internal */
  public abstract _bind(scope: Construct, target: IFunction, prefixes: string[]): IApiEndpoint;
}

class HttpEndpoint extends ApiEndpoint {
  constructor(private readonly options: HttpApiEndpointOptions) {
    super();
  }

  public _bind(scope: Construct, target: IFunction, prefixes: string[]): IApiEndpoint {
    return new HttpApiEndpoint(scope, 'HttpApi', { ...this.options, target, prefixes });
  }
}
