import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ApiMetrics } from './api-metrics';
import { IApiEndpoint } from './i-api-endpoint';
import { LazyApiError } from '../private/errors';

/** No front door: the function waits for whatever the user puts in front of it. */
export class NoEndpoint extends Construct implements IApiEndpoint {
  /** The routes to the function, like `ANY /users/{proxy+}`. */
  public readonly routes: string[] = [];

  public get url(): string {
    throw this.refusal('no URL', 'take that of the API that you put in front of the function');
  }

  public get metrics(): ApiMetrics {
    throw this.refusal('nothing that reports', 'take the metrics of the API that you put in front of the function');
  }

  public grantInvoke(_grantee: IGrantable): Grant {
    throw this.refusal('no API to call', 'use alias.grantInvoke');
  }

  private refusal(what: string, instead: string): LazyApiError {
    return new LazyApiError('ENDPOINT_NONE', `${this.node.path}: there is ${what}, because endpoint is ApiEndpoint.none(); ${instead}`);
  }
}
