import type { ThrottleSettings } from 'aws-cdk-lib/aws-apigatewayv2';
import { must, objectOf, optional } from '../private/check';
import { all, aNumberFrom, aWholeNumberFrom } from '../private/limits';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html */
export const aThrottle = all(
  objectOf<ThrottleSettings>(optional({ rateLimit: aNumberFrom(0), burstLimit: aWholeNumberFrom(0) })),
  must('an object with rateLimit, burstLimit or both', (value) => Object.values(value as object).some((limit) => limit !== undefined)),
);
