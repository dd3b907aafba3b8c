/**
 * The authorization of a router, as declared with the library and as expected in the template.
 */
import { Duration, Fn, Lazy, NestedStack, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import fc from 'fast-check';
import type { Subject } from './project';
import type { ApiAuthorization } from '../../../lib';

/** The stack of a function or a user pool. */
export const PLACES = ['own', 'nested', 'other', 'third'] as const;
export type Place = typeof PLACES[number];

export type GuardSpec =
  | { readonly kind: 'none' | 'iam' }
  | { readonly kind: 'jwt'; readonly issuer: 'text' | 'reference' | 'import' | 'lazy' | 'lazy reference'; readonly place: Place; readonly audience: readonly string[]; readonly scopes: readonly string[] }
  | { readonly kind: 'cognito'; readonly place: Place; readonly clients: readonly number[]; readonly scopes: readonly string[] }
  | { readonly kind: 'lambda'; readonly place: Place; readonly which: number; readonly seconds: number };

/** The authorization of a route, in a form that can be compared. */
export interface Guard {
  readonly type: string;
  /** The issuer or user pool with its clients, or the authorizer function. */
  readonly by?: string;
  readonly scopes?: string;
  readonly seconds?: number;
}

const place = fc.constantFrom(...PLACES);
const scopes = fc.subarray(['read', 'write']);
/** Forms that are easy to confuse are more frequent. */
const issuer = fc.constantFrom('text' as const, 'import' as const, 'lazy' as const, 'lazy reference' as const, 'reference' as const, 'reference' as const, 'reference' as const);

export const guardSpec: fc.Arbitrary<GuardSpec> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('none' as const, 'iam' as const) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('jwt' as const), issuer, place, audience: fc.subarray(['web', 'app'], { minLength: 1 }), scopes }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cognito' as const), place, clients: fc.subarray([0, 1], { minLength: 1 }), scopes }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('lambda' as const), place, which: fc.constantFrom(0, 1), seconds: fc.constantFrom(0, 60, 300) }) },
);

/** The same authorization, but its function or user pool can be in another stack. */
export const nearly = (spec: GuardSpec): fc.Arbitrary<GuardSpec> => ('place' in spec ? place.map((other) => ({ ...spec, place: other })) : fc.constant(spec));

/** The stacks of an app, with functions and user pools that are created on first use. */
export class World {
  private readonly stacks: { readonly [place in Place]: Stack };

  /** @param equalIds whether functions and user pools have the same construct ids in all stacks */
  constructor(public readonly api: Stack, private readonly equalIds: boolean) {
    const env = { env: { account: '123456789012', region: 'eu-central-1' } };
    this.stacks = { own: api, nested: new NestedStack(api, 'Nested'), other: new Stack(api.node.root as never, 'Other', env), third: new Stack(api.node.root as never, 'Third', env) };
  }

  public authorization({ ApiAuthorization: Authorization }: Subject, spec: GuardSpec, door: 'http' | 'rest'): ApiAuthorization {
    switch (spec.kind) {
      case 'none': return Authorization.none();
      case 'iam': return Authorization.iam();
      case 'jwt': return Authorization.jwt({ issuer: this.issuer(spec.issuer, spec.place), audience: [...spec.audience], scopes: [...spec.scopes] });
      case 'cognito': return Authorization.cognito(this.pool(spec.place), { scopes: [...spec.scopes], ...door === 'http' && { userPoolClients: spec.clients.map((i) => this.client(spec.place, i)) } });
      case 'lambda': return Authorization.lambdaAuthorizer(this.handler(spec.place, spec.which), { cache: Duration.seconds(spec.seconds) });
    }
  }

  public guard(spec: GuardSpec, door: 'http' | 'rest'): Guard {
    switch (spec.kind) {
      case 'none': return { type: 'NONE' };
      case 'iam': return { type: 'AWS_IAM' };
      case 'jwt': return { type: 'JWT', by: `${this.issuerText(spec.issuer, spec.place)} ${spec.audience.join(' ')}`, scopes: spec.scopes.join(' ') };
      case 'cognito': return door === 'http'
        ? { type: 'JWT', by: `https://${this.text(spec.place, this.pool(spec.place), '.ProviderName')} ${spec.clients.map((i) => this.text(spec.place, this.client(spec.place, i))).join(' ')}`, scopes: spec.scopes.join(' ') }
        : { type: 'COGNITO_USER_POOLS', by: this.text(spec.place, this.pool(spec.place), '.Arn'), scopes: spec.scopes.join(' ') };
      case 'lambda': return { type: 'CUSTOM', by: this.text(spec.place, this.handler(spec.place, spec.which), '.Arn'), scopes: '', seconds: spec.seconds };
    }
  }

  private issuer(form: string, where: Place): string {
    switch (form) {
      case 'text': return `https://${where}.example.com`;
      case 'reference': return `https://idp.example.com/${this.pool(where).userPoolId}`;
      case 'import': return Fn.importValue(`Issuer-${where}`);
      case 'lazy': return Lazy.string({ produce: () => `https://lazy-${where}.example.com` });
      default: return Lazy.string({ produce: () => `https://idp.example.com/${this.pool(where).userPoolId}` });
    }
  }

  private issuerText(form: string, where: Place): string {
    switch (form) {
      case 'text': return `https://${where}.example.com`;
      case 'import': return `<import Issuer-${where}>`;
      case 'lazy': return `https://lazy-${where}.example.com`;
      default: return `https://idp.example.com/${this.text(where, this.pool(where))}`;
    }
  }

  private handler(where: Place, which: number): lambda.Function {
    const id = this.id(where, `Authorizer${which}`);
    return this.stacks[where].node.tryFindChild(id) as lambda.Function | undefined
      ?? new lambda.Function(this.stacks[where], id, { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
  }

  private pool(where: Place): cognito.UserPool {
    const id = this.id(where, 'Pool');
    return this.stacks[where].node.tryFindChild(id) as cognito.UserPool | undefined ?? new cognito.UserPool(this.stacks[where], id);
  }

  private client(where: Place, i: number): cognito.UserPoolClient {
    const pool = this.pool(where);
    return pool.node.tryFindChild(`Client${i}`) as cognito.UserPoolClient | undefined ?? pool.addClient(`Client${i}`);
  }

  private id(where: Place, id: string): string {
    return this.equalIds ? id : `${where}${id}`;
  }

  /** The text that represents the resource in a resolved template. */
  private text(where: Place, { node }: { readonly node: lambda.Function['node'] }, attribute = ''): string {
    const stack = this.stacks[where];
    const label = stack.nestedStackResource ? `${stack.nestedStackParent!.stackName}/${stack.nestedStackParent!.getLogicalId(stack.nestedStackResource)}` : stack.stackName;
    return `<${label}/${stack.getLogicalId(node.defaultChild as never)}${attribute}>`;
  }
}
