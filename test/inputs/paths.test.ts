import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { LazyApiFunction, Routers, Verify } from '../../lib';
import { resolveRouters } from '../../lib/routers/resolve-routers';
import { newApi } from '../support/app';
import { handlerSource, project } from '../support/project';

/** Creates a project with one valid router, and lets the test add to its directory of routers. */
function withAdded(add: (directory: string) => void): string {
  const directory = path.join(project({ 'src/routers/users.ts': handlerSource('users') }), 'src/routers');
  add(directory);
  return directory;
}

function build(routers: Routers, projectRoot?: string): LazyApiFunction {
  return newApi({ routers, verify: Verify.atSynth(), bundling: { projectRoot } });
}

const link = (from: string, to: string) => (directory: string) => fs.symlinkSync(to, path.join(directory, from));
const write = (file: string, text = handlerSource('odd')) => (directory: string) => fs.writeFileSync(path.join(directory, file), text);
const fifo = (file: string) => (directory: string) => void execFileSync('mkfifo', [path.join(directory, file)]);

describe('in a directory of routers,', () => {
  test.each<[odd: string, add: (directory: string) => void, code: string, message: RegExp]>([
    ['a module that is a link to itself', link('loop.ts', 'loop.ts'), 'ENTRY_MISSING', /routers\/loop\.ts: entry must be an existing file, got ".*loop\.ts"; looked for .*loop\.ts; it is a link that leads back to itself$/],
    ['a module that is a link to a missing file', link('gone.ts', 'nowhere.ts'), 'ENTRY_MISSING', /routers\/gone\.ts: entry must be an existing file, got ".*gone\.ts"; looked for .*gone\.ts$/],
    ['a module that is a pipe', fifo('pipe.ts'), 'ENTRY_MISSING', /routers\/pipe\.ts: .*; it is neither a file nor a directory$/],
    ['an index that is a directory', (directory) => fs.mkdirSync(path.join(directory, 'orders/index.ts'), { recursive: true }), 'ENTRY_MISSING', /routers\/orders\/index\.ts: .*; it is a directory$/],
    ['a name with a space', write('my users.ts'), 'PREFIX_INVALID', /routers\/my users\.ts: a router's prefix must not contain " ", got "\/my users"$/],
    ['a name with a line break', write('my\nusers.ts'), 'PREFIX_INVALID', /must not contain "\\n"/],
    ['a name with a quote', write('my"users.ts'), 'PREFIX_INVALID', /must not contain "\\""/],
    ['a name with an umlaut', write('ärzte.ts'), 'PREFIX_INVALID', /must not contain "ä"/],
    ['an empty module', write('empty.ts', ''), 'ROUTER_EXPORT_MISSING', /the router at "\/empty" .*must have a default export or an export named "handler" or "listener", got no exports/],
  ])('%s is refused', (_, add, code, message) => {
    expect(() => build(Routers.fromDirectory(withAdded(add)))).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });

  test.each<[odd: string, add: (directory: string) => void, prefix: string]>([
    ['a module with the longest possible name', write(`${'x'.repeat(252)}.ts`), `/${'x'.repeat(252)}`],
    ['a module with shell characters in its name', write('$(x)&;\'!.ts'), '/$(x)&;\'!'],
    ['a link to a module', (directory) => { write('../odd.ts')(directory); link('odd.ts', '../odd.ts')(directory); }, '/odd'],
    ['a link to a directory', (directory) => { fs.mkdirSync(path.join(directory, '../odd')); write('../odd/index.ts')(directory); link('odd', '../odd')(directory); }, '/odd'],
  ])('%s is a router', (_, add, prefix) => {
    expect(build(Routers.fromDirectory(withAdded(add))).prefixes).toEqual([prefix, '/users'].sort());
  });

  test('files that are not modules are ignored', () => {
    const directory = withAdded((added) => [link('loop', 'loop'), link('gone', 'nowhere'), fifo('pipe'), write('notes.txt')].forEach((add) => add(added)));
    expect(build(Routers.fromDirectory(directory)).prefixes).toEqual(['/users']);
  });
});

test.each<[odd: string, at: (directory: string) => string, message: RegExp]>([
  ['a file', (directory) => path.join(directory, 'users.ts'), /; looked for .*users\.ts; it is a file$/],
  ['a directory below a file', (directory) => path.join(directory, 'users.ts/x'), /; looked for .*users\.ts\/x$/],
  ['a link to itself', (directory) => path.join(directory, 'loop'), /; it is a link that leads back to itself$/],
  ['a name that is too long', (directory) => path.join(directory, 'x'.repeat(300)), /; it is a path with a name that is too long$/],
])('neither the routers directory nor the project root can be %s', (_, at, message) => {
  const directory = withAdded(link('loop', 'loop'));
  expect(() => Routers.fromDirectory(at(directory))).toThrow(expect.objectContaining({ code: 'ROUTERS_DIRECTORY', message: expect.stringMatching(message) }));
  expect(() => build(Routers.fromDirectory(directory), at(directory))).toThrow(expect.objectContaining({ code: 'PROJECT_ROOT', message: expect.stringMatching(message) }));
});

test.each<[entry: string, message: RegExp]>([
  ['.', /; it is a directory$/],
  ['loop.ts', /; it is a link that leads back to itself$/],
  ['users', /; did you mean ".*users\.ts"\?$/],
  ['users.ts/x.ts', /; looked for .*x\.ts$/],
  [`${'x'.repeat(300)}.ts`, /; it is a path with a name that is too long$/],
])('an entry cannot be %s', (entry, message) => {
  const directory = withAdded(link('loop.ts', 'loop.ts'));
  expect(() => build(Routers.fromMap({ '/a': { entry: path.join(directory, entry) } }))).toThrow(expect.objectContaining({
    code: 'ENTRY_MISSING',
    message: expect.stringMatching(/^TestStack\/Api: routers\["\/a"\]: entry must be an existing file, got "/),
  }));
  expect(() => build(Routers.fromMap({ '/a': { entry: path.join(directory, entry) } }))).toThrow(message);
});

test('directories and files without read permission are refused, and the error names the reason', () => {
  const directory = withAdded(() => {});
  const routers = Routers.fromMap({ '/a': { entry: path.join(directory, 'users.ts') } });
  const asRoot = process.geteuid!() === 0;
  fs.chmodSync(directory, 0);
  if (asRoot) process.seteuid!(65_534);
  try {
    expect(() => Routers.fromDirectory(directory)).toThrow(expect.objectContaining({ code: 'ROUTERS_DIRECTORY', message: expect.stringMatching(/it is not readable by this user$|EACCES/) }));
    expect(() => resolveRouters(routers._declarations, { projectRoot: '/', projectRootProp: 'bundling.projectRoot', endings: [] })).toThrow(expect.objectContaining({ code: 'ENTRY_MISSING', message: expect.stringMatching(/it is not readable by this user$/) }));
  } finally {
    if (asRoot) process.seteuid!(0);
    fs.chmodSync(directory, 0o755);
  }
});

test.each(['my users', 'my\nusers', 'a"b\'c', 'ärzte \u2028 名', 'a#b', 'a?b', 'a%20b', 'a\\b', '[id]', '{id}', '(id)', '$x', '-x', '=x'])('an entry can have the name %j', (name) => {
  const directory = withAdded(write(`${name}.ts`));
  expect(build(Routers.fromMap({ '/a': { entry: path.join(directory, `${name}.ts`) } })).prefixes).toEqual(['/a']);
});

test('an entry with a wildcard is refused', () => {
  const entry = path.join(withAdded(write('a*b.ts')), 'a*b.ts');
  expect(() => build(Routers.fromMap({ '/a': { entry } }))).toThrow(expect.objectContaining({
    code: 'ENTRY_NAME',
    message: `TestStack/Api: routers["/a"]: entry must not contain "*", which esbuild reads as a wildcard, got "${entry}"; rename it`,
  }));
});

test('a prefix that is too long for a file name still gets a chunk', () => {
  const entry = path.join(withAdded(() => {}), 'users.ts');
  const long = 'x'.repeat(300);
  expect(build(Routers.fromMap({ [`/${long}`]: { entry }, [`/${long}y`]: { entry } })).prefixes).toEqual([`/${long}`, `/${long}y`]);
});
