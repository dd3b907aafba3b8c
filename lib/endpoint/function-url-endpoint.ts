import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ApiAuthorization, AuthorizationSpec } from './api-authorization';
import type { ApiCorsOptions } from './api-gateway-options';
import { ApiMetrics } from './api-metrics';
import { Cors, resolveCors } from './cors';
import { FUNCTION_URL_CORS } from './cors-checks';
import type { EndpointPlan } from './endpoint-plan';
import { functionBehind } from './function-behind';
import { warnWithoutIam } from './grant';
import { IApiEndpoint } from './i-api-endpoint';
import { anAuthorization, checkEndpointOptions } from './option-checks';
import { PLAIN_ENDPOINT } from '../contract/endpoint';
import { aBoolean, anObject, objectOf, optional } from '../private/check';
import { LazyApiError } from '../private/errors';

/** Options for `ApiEndpoint.functionUrl`. */
export interface FunctionUrlEndpointOptions {
  /**
   * Who can call the function URL: `ApiAuthorization.iam()` or `ApiAuthorization.none()`.
   *
   * @default ApiAuthorization.iam()
   */
  readonly authorization?: ApiAuthorization;

  /**
   * Which web pages of other origins can call the function URL.
   *
   * @default - none
   */
  readonly cors?: ApiCorsOptions;

  /**
   * Whether to stream responses to clients while the function produces them, up to 200 MB per response.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
   * @default false
   */
  readonly streaming?: boolean;
}

const OPTIONS = objectOf<FunctionUrlEndpointOptions>(optional({ authorization: anAuthorization, cors: anObject, streaming: aBoolean }));

interface FunctionUrlEndpointProps {
  /** The function. */
  readonly target: lambda.IFunction;

  /** Who can call the function URL. */
  readonly authType: lambda.FunctionUrlAuthType;

  /** Whether to stream responses. */
  readonly streaming: boolean;

  /** The CORS configuration, if any. */
  readonly cors: Cors | undefined;
}

/** A function URL in front of a LazyApiFunction, created by `ApiEndpoint.functionUrl`. The function itself finds the router by the request's path. */
export class FunctionUrlEndpoint extends Construct implements IApiEndpoint {
  /** @internal */
  public static _plan(options: FunctionUrlEndpointOptions): EndpointPlan {
    checkEndpointOptions('functionUrl', options, OPTIONS);
    const { authorization = ApiAuthorization.iam(), streaming = false } = options;
    const authType = toAuthType(authorization._spec);
    const cors = options.cors && resolveCors(options.cors, FUNCTION_URL_CORS);
    return {
      traits: { ...PLAIN_ENDPOINT, streaming },
      eventSource: 'function URL',
      urlOutput: true,
      bind: (scope, target) => new FunctionUrlEndpoint(scope, 'FunctionUrl', { target, authType, streaming, cors }),
    };
  }

  /** The function URL. */
  public readonly functionUrl: lambda.FunctionUrl;

  /** The base URL of all routers' prefixes, with a trailing slash. */
  public readonly url: string;

  /** The routes to the function, for example `ANY /users/{proxy+}`. */
  public readonly routes: string[] = [];

  /** The CloudWatch metrics that the endpoint reports. */
  public readonly metrics: ApiMetrics;

  private constructor(scope: Construct, id: string, props: FunctionUrlEndpointProps) {
    super(scope, id);
    const { target, authType, streaming, cors } = props;
    this.functionUrl = new lambda.FunctionUrl(this, 'Url', {
      function: target,
      authType,
      invokeMode: streaming ? lambda.InvokeMode.RESPONSE_STREAM : lambda.InvokeMode.BUFFERED,
      cors: cors && toFunctionUrlCors(cors),
    });
    this.url = this.functionUrl.url;
    this.metrics = ApiMetrics._from({
      namespace: 'AWS/Lambda',
      dimensions: { FunctionName: functionBehind(target).functionName },
      names: { requests: 'UrlRequestCount', clientErrors: 'Url4xxCount', serverErrors: 'Url5xxCount', latency: 'UrlRequestLatency' },
    });
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    warnWithoutIam(this, [this.functionUrl.authType === lambda.FunctionUrlAuthType.AWS_IAM ? 'iam' : 'none']);
    return this.functionUrl.grantInvokeUrl(grantee);
  }
}

const AUTH_TYPES: { readonly [kind in AuthorizationSpec['kind']]?: lambda.FunctionUrlAuthType } = {
  iam: lambda.FunctionUrlAuthType.AWS_IAM,
  none: lambda.FunctionUrlAuthType.NONE,
};

function toAuthType({ kind }: AuthorizationSpec): lambda.FunctionUrlAuthType {
  const type = AUTH_TYPES[kind];
  if (type) return type;
  throw new LazyApiError('AUTHORIZATION', 'authorization: a function URL supports only ApiAuthorization.iam() and '
    + `ApiAuthorization.none(), got ${kind}; `
    + 'use ApiEndpoint.http, or check tokens in the routers');
}

function toFunctionUrlCors(cors: Cors): lambda.FunctionUrlCorsOptions {
  return {
    allowedOrigins: [...cors.allowOrigins],
    allowedMethods: cors.allowMethods.map((method) => method as lambda.HttpMethod),
    allowedHeaders: cors.allowHeaders.length > 0 ? [...cors.allowHeaders] : undefined,
    exposedHeaders: cors.exposeHeaders.length > 0 ? [...cors.exposeHeaders] : undefined,
    allowCredentials: cors.allowCredentials || undefined,
    maxAge: cors.maxAgeSeconds === undefined ? undefined : Duration.seconds(cors.maxAgeSeconds),
  };
}
