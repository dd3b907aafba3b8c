import type { TestRequestOptions } from './test-request';
import type { LambdaContext, LambdaProxyResult } from '../runtime/router-types';

/** An API that tests can call. */
export interface TestApi {
  /**
   * Sends a request through the endpoint to the router, and returns what a client receives.
   *
   * @param line the method and the path, with the query string as a client sends it: `GET /api/users?x=1`
   * @throws if the router cannot be loaded, or its module exports no router
   */
  request(line: string, options?: TestRequestOptions): Promise<Response>;

  /**
   * Invokes the function with an event, and returns its result. A streamed response is collected. Routers of this process get the context, a built
   * asset gets one from Lambda's runtime client.
   *
   * @throws if the function fails
   */
  invoke(event: object, context?: LambdaContext): Promise<LambdaProxyResult>;

  /** Restores the environment variables, and ends the process of a built asset. */
  close(): Promise<void>;
}
