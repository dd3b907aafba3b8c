import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct, IDependable } from 'constructs';
import type { ApiDomainOptions, MutualTlsOptions } from './api-gateway-options';
import { aBoolean, checkProp, having, objectOf, optional } from '../private/check';
import { LazyApiError } from '../private/errors';
import { all, aStringLike, aStringOfLength, aStringThatIs } from '../private/limits';
import { known } from '../private/tokens';
import type { ParsedPrefix } from '../routing/prefix';

/** A stage of either kind of API. */
export interface DomainTarget {
  readonly apiId: string;
  readonly stageName: string;
  /** What must exist before a domain can point to it. */
  readonly stage: IDependable;
  /** The URL of the stage itself, ending with a slash. */
  readonly url: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-domainname.html */
const DOMAIN_NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/;

/** https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.4 */
const DOMAIN_NAME_MAX_LENGTH = 253;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html */
const BASE_PATH_MAX_LENGTH = 300;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_MAX_LENGTH = 1024;

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames.html */
const TRUSTSTORE_VERSION_MAX_LENGTH = 64;

/** API Gateway's grammar of mappings with several levels: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html */
const BASE_PATH = /^[A-Za-z0-9$\-._+!*'()]+(\/[A-Za-z0-9$\-._+!*'()]+)*$/;

const DOMAIN = objectOf<ApiDomainOptions>({
  domainName: aStringThatIs(
    'a lowercase domain name, like "api.example.com", without a scheme, port, or path',
    (name) => DOMAIN_NAME.test(name) && name.length <= DOMAIN_NAME_MAX_LENGTH,
  ),
  certificate: having('certificateArn', 'an ICertificate'),
  ...optional({
    hostedZone: having('hostedZoneId', 'an IHostedZone'),
    basePath: all(aStringLike('a path without leading or trailing slashes, like "clinic/v1"', BASE_PATH), aStringOfLength(1, BASE_PATH_MAX_LENGTH)),
    disableExecuteApiEndpoint: aBoolean,
    mutualTls: objectOf<MutualTlsOptions>({
      bucket: having('s3UrlForObject', 'an IBucket'),
      key: aStringOfLength(1, KEY_MAX_LENGTH),
      ...optional({ version: aStringOfLength(1, TRUSTSTORE_VERSION_MAX_LENGTH) }),
    }),
  }),
});

export function checkDomain(domain: ApiDomainOptions): void {
  checkProp('DOMAIN', 'domain', domain, DOMAIN);
  const { domainName, hostedZone, mutualTls, disableExecuteApiEndpoint } = domain;
  const zone = hostedZone && zoneNameOf(hostedZone);
  const name = known(domainName);
  if (zone !== undefined && name !== undefined && !`.${name}`.endsWith(`.${zone}`)) {
    throw new LazyApiError('DOMAIN', `domain.hostedZone must be the zone of "${name}" or of a parent domain, got the zone "${zone}": `
      + 'DNS would never use its records');
  }
  if (mutualTls && disableExecuteApiEndpoint === false) {
    throw new LazyApiError('DOMAIN', 'domain.disableExecuteApiEndpoint must not be false with mutualTls, '
      + 'because callers could bypass the certificates; '
      + 'leave it out');
  }
}

/**
 * The name in lowercase, without a trailing dot. Undefined if it is unknown at synthesis: for a zone that is imported only by its ID, the getter
 * throws.
 */
function zoneNameOf(zone: route53.IHostedZone): string | undefined {
  try {
    return known(zone.zoneName)?.replace(/\.$/, '').toLowerCase();
  } catch {
    return undefined;
  }
}

/**
 * The paths that API Gateway itself responds to on custom domains of REST APIs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const RESERVED_PATHS = ['/ping', '/sping'];

export function checkReservedPaths({ basePath }: ApiDomainOptions, prefixes: readonly ParsedPrefix[]): void {
  const mount = basePath === undefined ? '' : `/${basePath}`;
  const reserved = prefixes.find(({ prefix }) => RESERVED_PATHS.includes(`${mount}${prefix === '/' && mount !== '' ? '' : prefix}`));
  if (reserved === undefined) return;
  throw new LazyApiError('DOMAIN', `domain: on custom domains of REST APIs, API Gateway itself responds to ${RESERVED_PATHS.join(' and ')}, `
    + `got a router at "${reserved.prefix}"; give it another prefix, or use ApiEndpoint.http`);
}

/** Whether the API is available only at its domain. */
export function isExecuteApiDisabled(domain: ApiDomainOptions | undefined): boolean {
  return domain?.disableExecuteApiEndpoint ?? domain?.mutualTls !== undefined;
}

/**
 * Points the domain name, if there is one, to a stage. Returns the URL below which the prefixes are.
 *
 * The mappings of apigatewayv2 also work for REST APIs, and support paths with several levels.
 */
export function mapDomain(scope: Construct, options: ApiDomainOptions | undefined, target: DomainTarget): string {
  if (!options) return target.url;
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
    // With a trailing dot, the name is absolute, regardless of the zone.
    recordName: `${name}.`,
    target: route53.RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(domain.regionalDomainName, domain.regionalHostedZoneId)),
  };
  new route53.ARecord(scope, 'Ipv4Alias', alias);
  new route53.AaaaRecord(scope, 'Ipv6Alias', alias);
}
