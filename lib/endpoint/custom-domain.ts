import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct, IDependable } from 'constructs';
import type { ApiDomainOptions } from './api-gateway-options';
import { LazyApiError } from '../private/errors';

/** A stage of either kind of API. */
export interface DomainTarget {
  readonly apiId: string;
  readonly stageName: string;
  /** What must exist before a domain can point to it. */
  readonly stage: IDependable;
}

/** API Gateway's grammar of a mapping of several levels: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html */
const BASE_PATH = /^[A-Za-z0-9$\-._+!*'()]+(\/[A-Za-z0-9$\-._+!*'()]+)*$/;

export function checkDomain({ basePath, mutualTls, disableExecuteApiEndpoint }: ApiDomainOptions): void {
  if (basePath !== undefined && !BASE_PATH.test(basePath)) {
    throw new LazyApiError('DOMAIN', `domain.basePath must be a path without slashes at its ends, like "clinic/v1", got "${basePath}"`);
  }
  if (mutualTls && disableExecuteApiEndpoint === false) {
    throw new LazyApiError('DOMAIN', 'domain.disableExecuteApiEndpoint must not be false beside mutualTls: anybody could go around the certificates; leave it out');
  }
}

/** Whether the API answers at its domain only. */
export function isExecuteApiDisabled(domain: ApiDomainOptions | undefined): boolean {
  return domain?.disableExecuteApiEndpoint ?? domain?.mutualTls !== undefined;
}

/** Points a domain name to a stage; returns the URL. The mappings of apigatewayv2 serve REST APIs too, with paths of several levels. */
export function mapDomain(scope: Construct, options: ApiDomainOptions, target: DomainTarget): string {
  const domainName = new apigwv2.DomainName(scope, 'Domain', {
    domainName: options.domainName,
    certificate: options.certificate,
    securityPolicy: apigwv2.SecurityPolicy.TLS_1_2,
    mtls: options.mutualTls,
  });
  const mapping = new apigwv2.CfnApiMapping(scope, 'Mapping', {
    apiId: target.apiId,
    stage: target.stageName,
    domainName: domainName.name,
    apiMappingKey: options.basePath,
  });
  mapping.node.addDependency(target.stage);
  if (options.hostedZone) addAliases(scope, options.hostedZone, options.domainName, domainName);
  return `https://${options.domainName}/${options.basePath === undefined ? '' : `${options.basePath}/`}`;
}

function addAliases(scope: Construct, zone: route53.IHostedZone, name: string, domain: apigwv2.DomainName): void {
  const alias = {
    zone,
    // A dot at its end: the whole name, whatever the zone.
    recordName: `${name}.`,
    target: route53.RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(domain.regionalDomainName, domain.regionalHostedZoneId)),
  };
  new route53.ARecord(scope, 'Ipv4Alias', alias);
  new route53.AaaaRecord(scope, 'Ipv6Alias', alias);
}
