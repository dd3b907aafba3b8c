import type { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { RestApiEndpointOptions } from './rest-api-options';
import { checkUsagePlan } from './usage-plan-checks';
import { aBoolean, anObject, having, listOf, objectOf, oneOf, optional } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import type { ParsedPrefix } from '../../routing/prefix';
import type { ApiDomainOptions } from '../api-gateway-options';
import { checkDomain, checkReservedPaths } from '../custom-domain';
import { checkedElsewhere, checkEndpointOptions, gatewayChecks } from '../option-checks';
import { checkStageName } from '../stage-name';

/** The name is a dimension of metrics: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
const NAME_MAX_LENGTH = 1024;

const OPTIONS = objectOf<RestApiEndpointOptions>({
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

/** Throws an error if the options are invalid, contradict each other, or do not fit the prefixes. */
export function checkRestOptions(options: RestApiEndpointOptions, prefixes: readonly ParsedPrefix[]): void {
  checkEndpointOptions('rest', options, OPTIONS);
  const { stageName, usagePlan, vpcEndpoints, domain } = options;
  checkStageName('rest', stageName);
  if (usagePlan) checkUsagePlan(usagePlan);
  if (vpcEndpoints) checkVpcEndpoints(vpcEndpoints, domain);
  if (domain) {
    checkDomain(domain);
    checkReservedPaths(domain, prefixes);
  }
}

function checkVpcEndpoints(vpcEndpoints: readonly IVpcEndpoint[], domain: ApiDomainOptions | undefined): void {
  if (vpcEndpoints.length === 0) {
    throw new LazyApiError('VPC_ENDPOINTS', 'vpcEndpoints must name at least one endpoint, got []: no one could call the API; '
      + 'leave it out for a public API');
  }
  if (domain) {
    throw new LazyApiError('DOMAIN', 'domain cannot be combined with vpcEndpoints: a private API supports only private custom domain names, '
      + 'which need an access association with each endpoint; use the API\'s own URL, or add such a domain name to endpoint.restApi');
  }
}
