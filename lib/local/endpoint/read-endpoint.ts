import { LocalEndpoint, NO_ENDPOINT } from './local-endpoint';
import { readFunctionUrl } from './read-function-url';
import { readHttpApi } from './read-http-api';
import { readRestApi } from './read-rest-api';
import { referredId, resourcesOf, Template } from '../assembly/template';

/** Reads the endpoint of a function from its template. */
export function readEndpoint(template: Template, functionId: string): LocalEndpoint {
  const targets = targetsOf(template, functionId);
  return readFunctionUrl(template, targets) ?? readHttpApi(template, targets) ?? readRestApi(template, targets) ?? NO_ENDPOINT;
}

/** The function itself, its versions and its aliases. */
function targetsOf(template: Template, functionId: string): ReadonlySet<string> {
  const qualified = ['AWS::Lambda::Version', 'AWS::Lambda::Alias'].flatMap((type) => resourcesOf(template, type));
  return new Set([functionId, ...qualified.filter(([, { FunctionName: name }]) => referredId(name) === functionId).map(([id]) => id)]);
}
