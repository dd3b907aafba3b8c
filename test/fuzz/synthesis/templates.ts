/**
 * Reads synthesized templates as CloudFormation deploys them. Every reference is resolved to its resource, across stacks.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [property: string]: unknown };
  readonly Metadata?: { readonly 'aws:asset:path'?: string };
}

export interface Template {
  readonly label: string;
  readonly Resources: { readonly [id: string]: Resource };
  readonly Outputs?: { readonly [id: string]: { readonly Value: unknown; readonly Export?: { readonly Name: unknown } } };
  /** The parameters from the parent stack, if there is one. */
  readonly passed?: { readonly parent: Template; readonly parameters: { readonly [name: string]: unknown } };
}

export class Deployment {
  private readonly templates: Template[] = [];

  constructor(app: App) {
    const { directory, stacks } = app.synth();
    for (const { stackName, templateFile } of stacks) this.read(directory, templateFile, stackName);
  }

  public template(label: string): Template {
    return this.templates.find((one) => one.label === label)!;
  }

  /** Text in which `<Stack/LogicalId.Attribute>` represents a reference. */
  public resolve(template: Template, value: unknown): string {
    if (Array.isArray(value)) return value.map((item) => this.resolve(template, item)).join(' ');
    if (value === null || typeof value !== 'object') return String(value);
    const [[fn, argument]] = Object.entries(value);
    switch (fn) {
      case 'Ref': return this.reference(template, argument as string);
      case 'Fn::GetAtt': return this.attribute(template, argument as [string, string]);
      case 'Fn::Join': return (argument as [string, unknown[]])[1].map((item) => this.resolve(template, item)).join((argument as [string, unknown[]])[0]);
      case 'Fn::ImportValue': return this.imported(this.resolve(template, argument));
      default: return JSON.stringify(value);
    }
  }

  private read(directory: string, file: string, label: string, passed?: Template['passed']): void {
    const template: Template = { Resources: {}, ...JSON.parse(readFileSync(join(directory, file), 'utf8')) as Partial<Template>, label, passed };
    this.templates.push(template);
    for (const [id, { Type, Properties, Metadata }] of Object.entries(template.Resources)) {
      if (Type !== 'AWS::CloudFormation::Stack') continue;
      this.read(directory, Metadata!['aws:asset:path']!, `${label}/${id}`, { parent: template, parameters: Properties?.Parameters as Record<string, unknown> ?? {} });
    }
  }

  private reference(template: Template, id: string): string {
    const { passed } = template;
    if (passed && id in passed.parameters) return this.resolve(passed.parent, passed.parameters[id]);
    return id.startsWith('AWS::') ? `\${${id}}` : `<${template.label}/${id}>`;
  }

  private attribute(template: Template, [id, attribute]: [string, string]): string {
    const nested = this.templates.find(({ label }) => label === `${template.label}/${id}`);
    const output = /^Outputs\.(.*)$/.exec(attribute)?.[1];
    return nested && output !== undefined ? this.resolve(nested, nested.Outputs![output].Value) : `<${template.label}/${id}.${attribute}>`;
  }

  private imported(name: string): string {
    for (const template of this.templates) {
      const output = Object.values(template.Outputs ?? {}).find(({ Export }) => Export && this.resolve(template, Export.Name) === name);
      if (output) return this.resolve(template, output.Value);
    }
    return `<import ${name}>`;
  }
}
