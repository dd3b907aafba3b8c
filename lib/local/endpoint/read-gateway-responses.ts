import { LocalGatewayResponse } from './local-endpoint';
import { unquoted } from './unquoted';
import { referredId, resourcesOf, Template } from '../assembly/template';

interface GatewayResponseProperties {
  readonly RestApiId: unknown;
  readonly ResponseType: string;
  readonly StatusCode?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

export function readGatewayResponses(template: Template, apiId: string): Readonly<Record<string, LocalGatewayResponse>> {
  const responses = resourcesOf<GatewayResponseProperties>(template, 'AWS::ApiGateway::GatewayResponse')
    .filter(([, { RestApiId: id }]) => referredId(id) === apiId);
  return Object.fromEntries(responses.map(([, response]) => [response.ResponseType, {
    ...response.StatusCode !== undefined && { status: Number(response.StatusCode) },
    headers: unquoted(response.ResponseParameters ?? {}, 'gatewayresponse.header.'),
    template: response.ResponseTemplates?.['application/json'],
  }]));
}
