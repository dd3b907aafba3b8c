import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ApiMetrics } from './api-metrics';
import { IApiEndpoint } from './i-api-endpoint';
import { LazyApiError } from '../private/errors';

/** No endpoint: the user puts one in front of the function. */
export class NoEndpoint extends Construct implements IApiEndpoint {
  /** The routes to the function, like `ANY /users/{proxy+}`. */
  public readonly routes: string[] = [];

  public get url(): string {
    throw this.noEndpointError('no URL', 'use the URL of the API that you put in front of the function');
  }

  public get metrics(): ApiMetrics {
    throw this.noEndpointError('no endpoint that reports metrics', 'use the metrics of the API that you put in front of the function');
  }

  public grantInvoke(_grantee: IGrantable): Grant {
    throw this.noEndpointError('no API to call', 'use alias.grantInvoke');
  }

  private noEndpointError(what: string, instead: string): LazyApiError {
    return new LazyApiError('ENDPOINT_NONE', `${this.node.path}: there is ${what}, because endpoint is ApiEndpoint.none(); ${instead}`);
  }
}
