import { IResolvable, IResolveContext, Intrinsic, Reference, Stack, StringConcat, Token, Tokenization } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

/** How constructs and tokens are written in the text. */
export interface IdentityNames {
  /** Stands for what cannot be compared: tokens that refer to no construct, and objects of classes that are not constructs. */
  readonly opaque: string;
  pathOf(construct: IConstruct): unknown;
}

/**
 * A text for a value that may contain constructs and tokens. Equal texts mean equal values.
 *
 * Tokens are never resolved: while constructs are created, references to constructs of other stacks resolve to logical ids, which are unique only
 * within one stack.
 */
export function identityOf(value: unknown, names: IdentityNames): string {
  return JSON.stringify(describe(value, names));
}

/** The position of a construct relative to the stack of another one. It is the same in every Stage of an app. */
export function pathFrom(scope: IConstruct, { node: { scopes } }: IConstruct): unknown {
  const base = Stack.of(scope).node.scopes;
  const common = base.filter((ancestor, depth) => scopes[depth] === ancestor).length;
  const below = scopes.slice(common).map(({ node }) => node.id).join('/');
  return common === base.length ? below : [base.length - common, below];
}

function describe(value: unknown, names: IdentityNames): unknown {
  if (Construct.isConstruct(value)) return { construct: names.pathOf(value) };
  if (Token.isUnresolved(value)) return typeof value === 'string' ? describeText(value, names) : describeToken(Tokenization.reverse(value), names);
  if (Array.isArray(value)) return value.map((item) => describe(item, names));
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return { object: names.opaque };
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, describe(member, names)]));
}

/** No name or URL can contain the NUL characters around a token. */
function describeText(text: string, names: IdentityNames): unknown {
  const mapToken = (token: IResolvable) => `\0${JSON.stringify(describeToken(token, names))}\0` as unknown as IResolvable;
  return { text: Tokenization.reverseString(text).mapTokens({ mapToken }).join(new StringConcat()) as string };
}

function describeToken(token: IResolvable | undefined, { pathOf, opaque }: IdentityNames): unknown {
  if (Reference.isReference(token)) return { construct: pathOf(token.target), attribute: token.displayName };
  return { token: pseudoParameterOf(token) ?? opaque };
}

/** Pseudo parameters, like `AWS::Region`, have one value within a stack, so they do not need a context. */
function pseudoParameterOf(token: IResolvable | undefined): string | undefined {
  if (!(token instanceof Intrinsic)) return undefined;
  try {
    const { Ref } = Object(token.resolve({} as IResolveContext)) as { readonly Ref?: unknown };
    return typeof Ref === 'string' && Ref.startsWith('AWS::') ? Ref : undefined;
  } catch {
    return undefined;
  }
}
