import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { IApiEndpoint } from './i-api-endpoint';
import type { EndpointTraits, EventSource } from '../contract/endpoint';

/** An endpoint whose options are checked and whose routes are planned. */
export interface EndpointPlan {
  /** What the function must know about the endpoint. */
  readonly traits: EndpointTraits;
  /** What sends events to the function. */
  readonly eventSource: EventSource;
  /** Whether the stack has an output with the URL by default. The URL of an existing API belongs to the owner of the API. */
  readonly urlOutput: boolean;
  /** Creates the endpoint in front of a function. */
  bind(scope: Construct, target: IFunction): IApiEndpoint;
}
