import { Template } from 'aws-cdk-lib/assertions';

interface Reference { readonly 'Ref'?: string; readonly 'Fn::GetAtt'?: readonly [string, string] }

/** By method and path: the kind of authorization. */
export function methodsOf(template: Template): { readonly [methodAndPath: string]: string } {
  const resources = template.findResources('AWS::ApiGateway::Resource');
  const pathOf = (reference: Reference): string => {
    const resource = reference.Ref === undefined ? undefined : resources[reference.Ref];
    return resource ? `${pathOf(resource.Properties.ParentId as Reference)}/${resource.Properties.PathPart as string}` : '';
  };
  return Object.fromEntries(Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties: { HttpMethod, ResourceId, AuthorizationType } }) => [
    `${HttpMethod} ${pathOf(ResourceId as Reference) || '/'}`, AuthorizationType as string,
  ]));
}
