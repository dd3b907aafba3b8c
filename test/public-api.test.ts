import * as fs from 'fs';
import * as path from 'path';
import { gunzipSync } from 'zlib';
import * as lib from '../lib';

/** The parts of a jsii assembly that this test reads. https://github.com/aws/jsii/blob/main/packages/@jsii/spec/src/assembly.ts */
interface Assembly {
  readonly types: { readonly [fqn: string]: Type };
}
interface Type {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly properties?: Property[];
  readonly methods?: Array<Documented & { readonly parameters?: Parameter[]; readonly returns?: Parameter }>;
  readonly initializer?: { readonly parameters?: Parameter[] };
}
interface Docs { readonly summary?: string; readonly default?: string }
interface Documented { readonly name: string; readonly docs?: Docs; readonly overrides?: string }
interface Parameter { readonly name?: string; readonly type: TypeReference }
interface Property extends Documented { readonly type: TypeReference; readonly optional?: boolean; readonly immutable?: boolean }
interface TypeReference { readonly primitive?: string; readonly union?: object; readonly collection?: { readonly elementtype: TypeReference } }

const root = path.join(__dirname, '..');
const assembly = JSON.parse(gunzipSync(fs.readFileSync(path.join(root, '.jsii.gz'))).toString()) as Assembly;
const types = Object.values(assembly.types);
const properties = types.flatMap((type) => (type.properties ?? []).map((property) => ({ ...property, type, reference: property.type })));

function loose({ primitive, union, collection }: TypeReference): boolean {
  return primitive === 'any' || union !== undefined || (collection !== undefined && loose(collection.elementtype));
}

test('jsii includes all exports of index.ts (it drops functions without an error)', () => {
  expect(types.filter(({ kind }) => kind === 'class' || kind === 'enum').map(({ name }) => name).sort()).toEqual(
    Object.entries(lib).filter(([, value]) => value !== undefined).map(([name]) => name).sort(),
  );
});

test('no public signature contains any or a union', () => {
  const signatures = types.flatMap((type) => [
    ...(type.properties ?? []).map(({ name, type: reference }) => ({ at: `${type.name}.${name}`, reference })),
    ...[...type.methods ?? [], { name: 'constructor', ...type.initializer }].flatMap((method) => [
      ...(method.parameters ?? []).map(({ name, type: reference }) => ({ at: `${type.name}.${method.name}(${name})`, reference })),
      ...('returns' in method && method.returns ? [{ at: `${type.name}.${method.name}()`, reference: method.returns.type }] : []),
    ]),
  ]);
  expect(signatures.length).toBeGreaterThan(40);
  expect(signatures.filter(({ reference }) => loose(reference)).map(({ at }) => at)).toEqual([]);
});

test('every optional prop documents its default', () => {
  const silent = properties.filter(({ type, optional, docs }) => type.datatype && optional && docs?.default === undefined && type.name !== 'ApiManifest');
  expect(silent.map(({ type, name }) => `${type.name}.${name}`)).toEqual([]);
});

test('every public API is documented', () => {
  const silent = [
    ...types.filter(({ docs }) => !docs?.summary).map(({ name }) => name),
    ...types.flatMap((type) => [...type.properties ?? [], ...type.methods ?? []].filter(({ docs }) => !docs?.summary).map(({ name }) => `${type.name}.${name}`)),
  ];
  expect(silent).toEqual([]);
});

test('data is read-only', () => {
  expect(properties.filter(({ type, immutable }) => type.datatype && !immutable).map(({ type, name }) => `${type.name}.${name}`)).toEqual([]);
});
