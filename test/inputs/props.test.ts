import * as fs from 'fs';
import * as path from 'path';
import { gunzipSync } from 'zlib';
import { AUTHORIZATIONS } from './authorizations';
import { CODE } from './code';
import { CORS_AND_DOMAIN } from './cors-and-domain';
import { ENDPOINTS } from './endpoints';
import { createWith, Inputs, Row, stackOfTest, synthesize } from './inputs';
import { OPERATIONS } from './operations';

/** The parts of a jsii assembly that this test reads. https://github.com/aws/jsii/blob/main/packages/@jsii/spec/src/assembly.ts */
interface TypeReference { readonly primitive?: string; readonly fqn?: string; readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference } }
interface Value { readonly name: string; readonly type: TypeReference; readonly optional?: boolean }
interface Type {
  readonly name: string;
  readonly datatype?: boolean;
  readonly properties?: readonly Value[];
  readonly methods?: ReadonlyArray<{ readonly name: string; readonly static?: boolean; readonly parameters?: readonly Value[] }>;
}

const assembly = JSON.parse(gunzipSync(fs.readFileSync(path.join(__dirname, '..', '..', '.jsii.gz'))).toString()) as { readonly types: { readonly [fqn: string]: Type } };
const types = Object.values(assembly.types);

/** Types that the library returns, and props that have separate tests: those of the construct, and those of routers. */
const ELSEWHERE = /^(ApiManifest|Manifest\w+|Lazy(Python)?ApiFunctionProps|RouterOptions|RouterProps|(Python)?Routers.*)\./;

const PUBLIC: ReadonlyMap<string, Value> = new Map(types.flatMap((type) => [
  ...(type.datatype ? type.properties ?? [] : []).map((prop): [string, Value] => [`${type.name}.${prop.name}`, prop]),
  ...(type.methods ?? []).filter((method) => method.static).flatMap((method) => (method.parameters ?? [])
    .filter(({ type: { fqn = '' } }) => !assembly.types[fqn]?.datatype)
    .map((parameter): [string, Value] => [`${type.name}.${method.name}.${parameter.name}`, parameter])),
]));

const INPUTS: readonly Inputs[] = [...ENDPOINTS, ...CORS_AND_DOMAIN, ...AUTHORIZATIONS, ...OPERATIONS, ...CODE];

const rows = INPUTS.flatMap((inputs) => Object.entries(inputs.rows(stackOfTest())).map(([prop, row]) => ({
  prop, row, inputs, type: PUBLIC.get(`${inputs.of}.${prop}`), label: `${inputs.of}${inputs.at ? ` (${inputs.at})` : ''}.${prop}`,
})));

/** Returns the same row for a new stack. */
function again({ inputs, prop }: { readonly inputs: Inputs; readonly prop: string }) {
  const stack = stackOfTest();
  return { stack, row: inputs.rows(stack)[prop], create: (value: unknown) => createWith(inputs, prop, value, stack) };
}

function refusal({ inputs, row }: { readonly inputs: Inputs; readonly row: Row }, message: RegExp): Error {
  return expect.objectContaining({
    name: expect.stringMatching(/^LazyApiError/), code: expect.stringMatching(new RegExp(`^(${row.code ?? inputs.code})$`)), message: expect.stringMatching(message),
  }) as Error;
}

/** Values that a caller without a compiler might pass. */
function wrongValues({ primitive, collection }: TypeReference): unknown[] {
  if (collection?.kind === 'array') return [null, 'text', {}, () => 1];
  if (collection) return [null, 'text', [], () => 1, new Map()];
  switch (primitive) {
    case 'boolean': return [null, 'true', 1];
    case 'number': return [null, '5', {}];
    case 'string': return [null, 5, {}, () => 'text'];
    default: return [null, 5, 'text', () => 1];
  }
}

const TOKEN_TYPES = ['string', 'number'];

function takesTokens({ primitive, fqn, collection }: TypeReference): boolean {
  if (collection) return takesTokens(collection.elementtype);
  return TOKEN_TYPES.includes(primitive ?? '') || fqn === 'aws-cdk-lib.Duration';
}

function shown(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' || Array.isArray(value) ? String(JSON.stringify(value, (_, part: unknown) => (isPlain(part) ? part : '...')) ?? value) : typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || Array.isArray(value);
}

test('every public prop and every parameter of a factory has a row', () => {
  const known = new Set(rows.map(({ inputs, prop }) => `${inputs.of}.${prop}`));
  expect([...PUBLIC.keys()].filter((name) => !known.has(name) && !ELSEWHERE.test(name))).toEqual([]);
});

test('every row is for a public prop, and states whether a token is accepted', () => {
  expect(rows.filter(({ type }) => type === undefined).map(({ label }) => label)).toEqual([]);
  const isEnum = (label: string) => /version$/.test(label);
  expect(rows.filter(({ type, row, label }) => takesTokens(type!.type) && !row.token && !isEnum(label)).map(({ label }) => label)).toEqual([]);
});

describe('synthesis accepts', () => {
  const cases = rows.flatMap((row) => row.row.valid.map((value, i) => ({ ...row, i, name: `${row.label} = ${shown(value)}` })));

  test.each(cases)('$name', (entry) => {
    const { row, create } = again(entry);
    synthesize(create(row.valid[entry.i]));
  });

  test.each(rows.filter(({ type }) => type?.optional))('$label = undefined', (entry) => {
    const { create } = again(entry);
    if (!(entry.prop in (entry.inputs.base?.(stackOfTest()) ?? {}))) synthesize(create(undefined));
  });
});

describe('synthesis refuses', () => {
  const cases = rows.flatMap((row) => (row.row.invalid ?? []).map(([value], i) => ({ ...row, i, name: `${row.label} = ${shown(value)}` })));

  test.each(cases)('$name', (entry) => {
    const { row, create } = again(entry);
    const [value, message] = row.invalid![entry.i];
    expect(() => create(value)).toThrow(refusal(entry, message));
  });
});

describe('synthesis refuses a wrong type of', () => {
  test.each(rows)('$label', (entry) => {
    for (const value of wrongValues(entry.type!.type)) {
      const { create } = again(entry);
      expect(() => create(value)).toThrow(refusal(entry, new RegExp(`\\b${entry.prop}(\\[0\\])? must [^]*, got (?!$)`)));
    }
  });
});

describe('a token', () => {
  test.each(rows.filter(({ row }) => row.token).map((entry) => ({ ...entry, becomes: entry.row.token![1] === 'accepted' ? 'accepted' : 'refused' })))('for $label is $becomes', (entry) => {
    const { row, create } = again(entry);
    const [value, becomes] = row.token!;
    if (becomes === 'accepted') synthesize(create(value));
    else expect(() => create(value)).toThrow(refusal(entry, becomes));
  });
});
