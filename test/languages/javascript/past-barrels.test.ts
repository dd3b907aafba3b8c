import { pastBarrels } from '../../../lib/languages/javascript/past-barrels';

/** Returns the modules that `user.ts` needs from the barrel `index.ts`, which re-exports `a.ts` and `b.ts`. */
function pastIndex(user: string, modules: Readonly<Record<string, string>>, imports: Readonly<Record<string, string[]>> = {}): readonly string[] {
  const texts: Record<string, string> = { 'user.ts': user, 'index.ts': 'export * from "./a"; export * from "./b";', ...modules };
  const all = { 'user.ts': ['index.ts'], 'index.ts': ['a.ts', 'b.ts'], 'a.ts': [], 'b.ts': [], ...imports };
  return pastBarrels(all, { isBarrel: (file) => /index/.test(file), read: (file) => texts[file] })['user.ts'];
}

const A = { 'a.ts': 'export const a = 1;' };

test.each<[string, string, Record<string, string>, string[]]>([
  ['a constant', 'import { a } from "./index"', { 'b.ts': 'export const b = 1;' }, ['a.ts']],
  ['a function', 'import { a } from "./index"', { 'b.ts': 'export async function* b() {}' }, ['a.ts']],
  ['a class', 'import { b } from "./index"', { 'b.ts': 'export abstract class b {}' }, ['b.ts']],
  ['an export list', 'import { a } from "./index"', { 'b.ts': 'const x = 1; export { x as b };' }, ['a.ts']],
  ['a member of the namespace', 'import * as all from "./index"; all.b()', { 'b.ts': 'export { b };' }, ['b.ts']],
  ['a renamed import', 'import { a as mine } from "./index"', { 'b.ts': 'export const b = 1;' }, ['a.ts']],
])('a module that uses %s needs only the module that exports it', (_, user, modules, expected) => {
  expect(pastIndex(user, { ...A, ...modules })).toEqual(expected);
});

test.each<[string, string, Record<string, string>]>([
  ['exports a default', 'import { a } from "./index"', { 'b.ts': 'export default 1;' }],
  ['exports nothing', 'import { a } from "./index"', { 'b.ts': 'globalThis.b = 1;' }],
  ['re-exports others', 'import { a } from "./index"', { 'b.ts': 'export * from "./c"; export const b = 1;' }],
  ['is CommonJS', 'import { a } from "./index"', { 'b.ts': 'exports.b = 1;' }],
  ['is re-exported under another name', 'import { a } from "./index"', { 'b.ts': 'export const b = 1;', 'index.ts': 'export * from "./a"; export { b as c } from "./b";' }],
  ['is re-exported by the importing module', 'export * from "./index"; const a = 1;', { 'b.ts': 'export const b = 1;' }],
])('a module that %s counts as needed', (_, user, modules) => {
  const result = pastIndex(user, { ...A, ...modules });
  expect(result.includes('b.ts') || result.includes('index.ts')).toBe(true);
});

test('barrels can re-export barrels, even in a cycle', () => {
  const modules = { ...A, 'b.ts': 'export const b = 1;', 'index2.ts': 'export * from "./b"; export * from "./index";' };
  expect(pastIndex('import { b } from "./index"', modules, { 'index.ts': ['a.ts', 'index2.ts'], 'index2.ts': ['b.ts', 'index.ts'] })).toEqual(['b.ts']);
});
