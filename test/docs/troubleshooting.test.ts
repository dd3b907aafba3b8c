/** The guide has exactly one entry for each error code and each warning ID. */
import * as fs from 'fs';
import * as path from 'path';
import { inspect } from 'util';
import * as ts from 'typescript';
import { ERROR_CODES, NOTICE_CODES } from '../../lib/contract/error-codes';
import { LazyApiError } from '../../lib/private/errors';
import { helpOfError, helpOfWarning } from '../../lib/private/help';
import { anchors, read, ROOT, section } from '../support/docs';
import { listFiles } from '../support/project';

const PAGE = 'docs/troubleshooting.md';

/** The functions whose first argument is an error code. */
const CHECKS = ['LazyApiError', 'checkProp', 'checkMembers', 'checkOptionsOf'];

/** First arguments that pass on a code. The literal is elsewhere. */
const HANDED_ON = ['code', 'this.code', 'parsed.code', 'routes.code', 'conflict.code', 'error.code'];

const sources = listFiles(path.join(ROOT, 'lib')).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => ts.createSourceFile(file, fs.readFileSync(path.join(ROOT, 'lib', file), 'utf8'), ts.ScriptTarget.Latest, true));

function nodesOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return [node, ...children.flatMap(nodesOf)];
}

const nodes = sources.flatMap(nodesOf);

const property = (node: ts.ObjectLiteralExpression, name: string) => node.properties.find((member) => member.name?.getText() === name);

function valueOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = property(node, name);
  return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

/** The error codes at synthesis: arguments, and problems of prefixes and routes as data. */
function errorCodes(): string[] {
  const codes = nodes.flatMap((node) => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && CHECKS.includes(node.expression.getText())) return [node.arguments![0]];
    return ts.isObjectLiteralExpression(node) && property(node, 'message') ? [valueOf(node, 'code')].filter((value) => value && ts.isStringLiteral(value)) : [];
  }) as ts.Expression[];
  const texts = codes.map((code) => (ts.isStringLiteral(code) ? code.text : code.getText()));
  return unique(texts.filter((text) => !HANDED_ON.includes(text)));
}

/** The warning IDs: arguments of `warn`, and warnings as data. A template part of an ID is shown as a dash and an ellipsis. */
function warningIds(): string[] {
  const ids = nodes.flatMap((node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'warn') return [node.arguments[1]];
    return ts.isObjectLiteralExpression(node) && property(node, 'text') ? [valueOf(node, 'id')].filter((value) => value !== undefined) : [];
  });
  return unique(ids.map((id) => id.getText().replace(/^['`]|['`]$/g, '').replace(/-\$\{[^}]*\}$/, '-…')).filter((id) => id !== 'warning.id'));
}

const unique = (texts: readonly string[]) => [...new Set(texts)].sort();

interface Row {
  readonly anchor: string;
  readonly name: string;
  readonly cells: readonly string[];
}

/** The table rows that have an anchor. */
function rowsOf(text: string): Row[] {
  return [...text.matchAll(/^\| <a id="([^"]+)"><\/a>`([^`]+)` \|(.*)\|$/gm)]
    .map(([, anchor, name, rest]) => ({ anchor, name, cells: rest.split(' | ').map((cell) => cell.trim()) }));
}

const [runtimeErrors, notices] = section(PAGE, 'Runtime errors').split('### Notices').map(rowsOf);
const errors = rowsOf(section(PAGE, 'Errors at synthesis'));
const inclusion = rowsOf(section(PAGE, 'Errors of include_lazy_routers'));
const warnings = rowsOf(section(PAGE, 'Warnings'));
const namesOf = (rows: readonly Row[]) => rows.map(({ name }) => name).sort();

test('the guide has an entry for each error code at synthesis', () => {
  expect(errorCodes().length).toBeGreaterThan(60);
  expect(namesOf(errors)).toEqual(errorCodes());
});

test('the guide has an entry for each warning ID', () => {
  expect(warningIds().length).toBeGreaterThan(10);
  expect(namesOf(warnings)).toEqual(warningIds());
});

test('only private/warn.ts adds warnings, so every warning has a link', () => {
  const files = sources.filter((source) => nodesOf(source).some((node) => ts.isIdentifier(node) && node.text === 'addWarningV2')).map(({ fileName }) => fileName);
  expect(files).toEqual(['private/warn.ts']);
});

test('the guide has the error codes of the runtime, with their statuses', () => {
  expect(namesOf(runtimeErrors)).toEqual(Object.keys(ERROR_CODES).sort());
  expect(namesOf(notices)).toEqual(Object.keys(NOTICE_CODES).sort());
  for (const { name, cells } of runtimeErrors) expect([name, Number(cells[0])]).toEqual([name, ERROR_CODES[name as keyof typeof ERROR_CODES].status]);
});

test('the guide has an entry for each error code of include_lazy_routers', () => {
  const folder = path.join(ROOT, 'python/lazy_api/routers');
  const modules = fs.readdirSync(folder).filter((file) => file.endsWith('.py')).map((file) => fs.readFileSync(path.join(folder, file), 'utf8'));
  const codes = modules.flatMap((text) => [...text.matchAll(/LazyRouterError\(\s*"([A-Z_]+)"/g)].map(([, code]) => code));
  expect(namesOf(inclusion)).toEqual(unique(codes).filter((code) => !namesOf(errors).includes(code)));
});

test.each([...errors, ...inclusion, ...warnings, ...runtimeErrors, ...notices])('$name has a cause and a fix', ({ cells }) => {
  for (const cell of cells) expect(cell).not.toBe('');
  expect(cells.length).toBeGreaterThanOrEqual(2);
});

test('the links of errors and warnings lead to their entries, and each anchor is unique', () => {
  const all = [...errors, ...inclusion, ...runtimeErrors, ...notices, ...warnings].map(({ anchor }) => anchor);
  expect(all).toHaveLength(new Set(all).size);
  const anchorOf = (link: string) => link.replace(`https://github.com/cdk-lazy-api/cdk-lazy-api/blob/main/${PAGE}#`, '');
  expect(errors.map(({ anchor }) => anchor)).toEqual(errors.map(({ name }) => anchorOf(helpOfError(name))));
  expect(warnings.map(({ anchor }) => anchor)).toEqual(warnings.map(({ name }) => anchorOf(helpOfWarning(name))));
  // Unit tests of routers receive errors with runtime codes.
  expect(runtimeErrors.map(({ anchor }) => anchor)).toEqual(runtimeErrors.map(({ name }) => anchorOf(helpOfError(name))));
  for (const anchor of all) expect(anchors(PAGE)).toContain(anchor);
});

test('the guide has no entry without a code', () => {
  expect(rowsOf(read(PAGE)).length).toBe(errors.length + inclusion.length + warnings.length + runtimeErrors.length + notices.length);
});

test.each([
  ['basePath must start with "/", got "$&"', '\n'],
  ['it would load more\n\n  92 KB  stripe', '\n\n'],
])('Node.js prints the link of an error after its message, %#', (message, separator) => {
  const error = new LazyApiError('PREFIX_INVALID', message);
  expect(error.message).toBe(message);
  expect(inspect(error)).toMatch(/^LazyApiError \[PREFIX_INVALID\]: /);
  expect(inspect(error)).toContain(`: ${message}${separator}See ${helpOfError('PREFIX_INVALID')}\n    at `);
});
