/** A CloudFormation template, with the parts that local commands read. */
export interface Template {
  readonly Resources: { readonly [logicalId: string]: Resource };
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
}

export interface Properties {
  readonly [name: string]: unknown;
}

/** The resources of a type, by logical ID. */
export function resourcesOf<T extends object = Properties>(
  { Resources }: Template, type: string,
): Array<readonly [logicalId: string, properties: T]> {
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties: properties = {} }]) => [id, properties as T] as const);
}

/** Whether a value, or something in it, refers to one of these resources. */
export function refersTo(value: unknown, logicalIds: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const id = referredId(value);
  return (id !== undefined && logicalIds.has(id)) || Object.values(value).some((member) => refersTo(member, logicalIds));
}

/** The logical IDs of all resources that a value refers to. */
export function referredIds(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const id = referredId(value);
  return id === undefined ? Object.values(value).flatMap(referredIds) : [id];
}

/** The logical ID in `Ref` or `Fn::GetAtt`. */
export function referredId(value: unknown): string | undefined {
  const { Ref: ref, 'Fn::GetAtt': getAtt } = (value ?? {}) as { readonly 'Ref'?: string; readonly 'Fn::GetAtt'?: string | readonly string[] };
  return ref ?? (typeof getAtt === 'string' ? getAtt.split('.')[0] : getAtt?.[0]);
}
