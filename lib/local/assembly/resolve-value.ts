import { PLAUSIBLE_PART, plausibleValue } from '../../private/plausible-value';

/** A value of a template, as far as it is known before deployment. */
export interface ResolvedValue {
  /** A value that is available only after deployment is replaced with a plausible one. */
  readonly value: string;
  readonly isKnown: boolean;
}

/** Text, or undefined for a value that is available only after deployment. */
type Part = string | undefined;

type Pseudo = Readonly<Record<string, string>>;

/** `{{resolve:ssm:/name}}`: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const DYNAMIC = /\{\{resolve:[^}]*\}\}/;

/** `${Name}` of `Fn::Sub`. `${!Name}` means the same text without the exclamation mark. */
const PLACEHOLDER = /\$\{([^}]*)\}/;

/** Resolves the value of an environment variable. */
export function resolveValue(name: string, value: unknown, region: string): ResolvedValue {
  const parts = partsOf(value, pseudoParameters(region)).filter((part) => part !== '');
  if (!parts.includes(undefined)) return { value: parts.join(''), isKnown: true };
  const isWhole = parts.length === 1;
  return { value: isWhole ? plausibleValue(name) : parts.map((part) => part ?? PLAUSIBLE_PART).join(''), isKnown: false };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
function pseudoParameters(region: string): Pseudo {
  const isChina = region.startsWith('cn-');
  return {
    'AWS::Region': region,
    'AWS::AccountId': '123456789012',
    'AWS::Partition': isChina ? 'aws-cn' : 'aws',
    'AWS::URLSuffix': isChina ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
}

function partsOf(value: unknown, pseudo: Pseudo): Part[] {
  if (typeof value !== 'object' || value === null) return literalParts(String(value));
  const { 'Ref': ref, 'Fn::Join': join, 'Fn::Sub': sub } = value as { readonly [intrinsic: string]: unknown };
  if (typeof ref === 'string') return [pseudo[ref]];
  if (Array.isArray(join) && Array.isArray(join[1])) {
    return join[1].flatMap((part, i) => [...i === 0 ? [] : [String(join[0])], ...partsOf(part, pseudo)]);
  }
  return typeof sub === 'string' ? substitutedParts(sub, pseudo) : [undefined];
}

function literalParts(text: string): Part[] {
  return text.split(DYNAMIC).flatMap((part, i) => (i === 0 ? [part] : [undefined, part]));
}

/** The text of the placeholders is at the odd indexes. */
function substitutedParts(text: string, pseudo: Pseudo): Part[] {
  return text.split(PLACEHOLDER).flatMap((part, i) => {
    if (i % 2 === 0) return literalParts(part);
    return part.startsWith('!') ? [`\${${part.slice(1)}}`] : [pseudo[part]];
  });
}
