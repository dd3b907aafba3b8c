import { Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * The maximum length of the name of an HTTP API.
 *
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
 */
export const API_NAME_MAX_LENGTH = 128;

/** The name of a new API that the user did not name. It is unique, because the name identifies a REST API in metrics. */
export function uniqueApiName(scope: Construct): string {
  return Names.uniqueResourceName(scope, { maxLength: API_NAME_MAX_LENGTH, separator: '-' });
}
