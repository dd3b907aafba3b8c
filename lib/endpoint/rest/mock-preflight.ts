import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { Cors } from '../cors';

/** A response to preflight requests by API Gateway itself. */
interface MockPreflight {
  readonly integration: apigateway.Integration;
  readonly methodResponses: apigateway.MethodResponse[];
}

/**
 * CDK's `addCorsPreflight` responds with 500 if everything is a binary media type, because mapping templates need text
 * (https://github.com/clebert/aws-simple/pull/173).
 */
export function mockPreflight(cors: Cors): MockPreflight {
  const headers = Object.fromEntries(Object.entries(toHeaders(cors)).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]));
  return {
    integration: new apigateway.MockIntegration({
      contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
      passthroughBehavior: apigateway.PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': '{"statusCode":204}' },
      integrationResponses: [{
        statusCode: '204',
        contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT,
        responseParameters: headers,
        responseTemplates: cors.allowOrigins.length > 1 ? { 'application/json': originTemplate(cors.allowOrigins) } : undefined,
      }],
    }),
    methodResponses: [{ statusCode: '204', responseParameters: Object.fromEntries(Object.keys(headers).map((name) => [name, true])) }],
  };
}

function toHeaders(cors: Cors): { readonly [name: string]: string } {
  const [origin] = cors.allowOrigins;
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': cors.allowMethods.join(','),
    ...cors.allowHeaders.length > 0 && { 'Access-Control-Allow-Headers': cors.allowHeaders.join(',') },
    ...cors.allowCredentials && { 'Access-Control-Allow-Credentials': 'true' },
    ...cors.maxAgeSeconds !== undefined && { 'Access-Control-Max-Age': `${cors.maxAgeSeconds}` },
    ...origin !== '*' && { Vary: 'Origin' },
  };
}

/** The header names one origin. The template replaces it with the origin of the request if that is another origin in the list. */
function originTemplate(origins: readonly string[]): string {
  const others = origins.slice(1).map((origin) => `$origin == "${origin}"`).join(' || ');
  return [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end',
    `#if(${others})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
  ].join('\n');
}
