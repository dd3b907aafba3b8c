import type { IRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { ApiMetrics, ApiMetricsSource } from './api-metrics';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export function httpApiMetrics({ apiId }: IHttpApi): ApiMetrics {
  return gatewayMetrics({ ApiId: apiId }, { clientErrors: '4xx', serverErrors: '5xx' });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export function restApiMetrics({ restApiName }: IRestApi, stageName: string | undefined): ApiMetrics {
  const dimensions = { ApiName: restApiName, ...stageName !== undefined && { Stage: stageName } };
  return gatewayMetrics(dimensions, { clientErrors: '4XXError', serverErrors: '5XXError' });
}

function gatewayMetrics(
  dimensions: ApiMetricsSource['dimensions'], errors: Pick<ApiMetricsSource['names'], 'clientErrors' | 'serverErrors'>,
): ApiMetrics {
  return ApiMetrics._from({ namespace: 'AWS/ApiGateway', dimensions, names: { requests: 'Count', latency: 'Latency', ...errors } });
}
