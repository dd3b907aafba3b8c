import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ApiAuthorization, HttpApiEndpointOptions } from '../../../lib';

/** Returns most of the options that an HTTP API can combine, for a router at `/api/users` and others. */
export function everything(stack: Stack): HttpApiEndpointOptions {
  return {
    authorization: ApiAuthorization.jwt({ issuer: 'https://issuer.example.com', audience: ['clinic'], scopes: ['read'] }),
    routes: { '/api/users': { authorization: ApiAuthorization.none(), throttle: { rateLimit: 5, burstLimit: 2 } } },
    cors: { allowOrigins: ['https://app.example.com'], allowCredentials: true },
    domain: {
      domainName: 'api.example.com',
      certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:123456789012:certificate/c'),
      basePath: 'clinic',
    },
  };
}
