import type { RestApiEndpointOptions } from './rest-api-options';
import { aBoolean, anObject, having, listOf, objectOf, oneOf, optional } from '../../private/check';
import { checkedElsewhere, gatewayChecks } from '../option-checks';

/** The name is a dimension of metrics: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
const NAME_MAX_LENGTH = 1024;

export const REST_OPTIONS = objectOf<RestApiEndpointOptions>({
  ...gatewayChecks(NAME_MAX_LENGTH),
  ...optional({
    stageName: checkedElsewhere,
    vpcEndpoints: listOf(having('vpcEndpointId', 'an IVpcEndpoint')),
    webAcl: having('_protect', 'an ApiWebAcl, like ApiWebAcl.managedRules()'),
    usagePlan: anObject,
    executionLogLevel: oneOf('OFF', 'ERROR', 'INFO'),
    cloudWatchRole: aBoolean,
    tracing: aBoolean,
    streaming: aBoolean,
    integrationTimeout: checkedElsewhere,
  }),
});
