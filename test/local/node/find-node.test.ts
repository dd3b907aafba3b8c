import { findNode } from '../../../lib/local/node/find-node';
import { Machine } from '../../../lib/local/node/machine';

/** A machine with these versions of Node.js, by path. */
function machine(nodes: { readonly [node: string]: string }, given: Partial<Machine> = {}): Machine {
  const separator = given.platform === 'win32' ? '\\' : '/';
  return {
    platform: 'linux',
    environment: { PATH: '/usr/local/bin:/usr/bin' },
    home: '/home/ada',
    directory: '/home/ada/shop/packages/api',
    running: '/opt/node/bin/node',
    list: (directory) => [...new Set(Object.keys(nodes).filter((node) => node.startsWith(directory + separator)).map((node) => node.slice(directory.length + 1).split(separator)[0]))],
    isFile: (file) => file in nodes,
    versionOf: (node) => nodes[node],
    ...given,
  };
}

const OLD = { '/opt/node/bin/node': 'v20.1.0' };

test('the Node.js on PATH is used if it has the major version', () => {
  expect(findNode(24, undefined, machine({ ...OLD, '/usr/bin/node': 'v24.1.0' }))).toEqual({ path: '/usr/bin/node' });
});

test('a Node.js that is too old for the runtime is not used, even if it has the major version', () => {
  expect(findNode(20, undefined, machine({ '/usr/bin/node': 'v20.1.0', '/opt/node/bin/node': 'v24.1.0' }))).toMatchObject({ path: '/opt/node/bin/node', warning: expect.stringContaining('v24.1.0') as string });
});

test('a given Node.js takes precedence over the one on PATH', () => {
  expect(findNode(24, '/mine/node', machine({ '/mine/node': 'v24.0.0', '/usr/bin/node': 'v24.1.0' }))).toEqual({ path: '/mine/node' });
  expect(findNode(24, '/mine/node', machine({ '/mine/node': 'v22.0.0' }))).toEqual({
    path: '/mine/node', warning: 'the function uses Node.js 24, but runs on v22.0.0 here; install Node.js 24 with "npm install --save-dev node@24"',
  });
});

test.each([
  ['nvm', '/home/ada/.nvm/versions/node/v24.3.0/bin/node', {}],
  ['nvm with NVM_DIR', '/srv/nvm/versions/node/v24.3.0/bin/node', { NVM_DIR: '/srv/nvm' }],
  ['fnm', '/home/ada/.local/share/fnm/node-versions/v24.3.0/installation/bin/node', {}],
  ['fnm with FNM_DIR', '/srv/fnm/node-versions/v24.3.0/installation/bin/node', { FNM_DIR: '/srv/fnm' }],
  ['fnm on macOS', '/home/ada/Library/Application Support/fnm/node-versions/v24.3.0/installation/bin/node', {}],
  ['volta', '/home/ada/.volta/tools/image/node/24.3.0/bin/node', {}],
  ['asdf', '/home/ada/.asdf/installs/nodejs/24.3.0/bin/node', {}],
  ['mise', '/home/ada/.local/share/mise/installs/node/24.3.0/bin/node', {}],
  ['mise with MISE_DATA_DIR', '/srv/mise/installs/node/24.3.0/bin/node', { MISE_DATA_DIR: '/srv/mise' }],
])('a Node.js of %s is found', (_, node, environment) => {
  expect(findNode(24, undefined, machine({ ...OLD, '/usr/bin/node': 'v22.0.0', [node]: 'v24.3.0' }, { environment: { PATH: '/usr/bin', ...environment } }))).toEqual({ path: node });
});

test('the npm package node is found in the project or above it, before other versions', () => {
  const installed = { '/home/ada/shop/node_modules/node/bin/node': 'v24.3.0' };
  expect(findNode(24, undefined, machine({ ...OLD, '/usr/bin/node': 'v22.0.0', ...installed }))).toEqual({ path: '/home/ada/shop/node_modules/node/bin/node' });
  const windows = { platform: 'win32' as const, environment: { Path: 'C:\\bin' }, home: 'C:\\ada', directory: 'C:\\ada\\shop', running: 'C:\\node.exe' };
  expect(findNode(24, undefined, machine({ 'C:\\ada\\shop\\node_modules\\node\\bin\\node.exe': 'v24.3.0' }, windows)).path).toContain('node_modules');
});

test('a Node.js of nvm-windows is found', () => {
  const node = 'C:\\nvm\\v24.3.0\\node.exe';
  const given = { platform: 'win32' as const, environment: { Path: 'C:\\bin;C:\\other', NVM_HOME: 'C:\\nvm' }, home: 'C:\\ada', running: 'C:\\node.exe' };
  expect(findNode(24, undefined, machine({ [node]: 'v24.3.0' }, given))).toEqual({ path: node });
});

test('the newest version that runs is used', () => {
  const nvm = (version: string) => `/home/ada/.nvm/versions/node/v${version}/bin/node`;
  const nodes = { [nvm('24.3.0')]: 'v24.3.0', [nvm('24.12.0')]: 'v24.12.0', [nvm('22.1.0')]: 'v22.1.0' };
  expect(findNode(24, undefined, machine(nodes)).path).toBe(nvm('24.12.0'));
  const broken = machine(nodes, { versionOf: (node) => (node === nvm('24.12.0') ? undefined : (nodes as Record<string, string>)[node]) });
  expect(findNode(24, undefined, broken).path).toBe(nvm('24.3.0'));
});

test('another version, 22 or newer, runs the function with a warning', () => {
  expect(findNode(24, undefined, machine({ '/opt/node/bin/node': 'v22.4.0' }))).toEqual({
    path: '/opt/node/bin/node', warning: 'the function uses Node.js 24, but runs on v22.4.0 here; install Node.js 24 with "npm install --save-dev node@24"',
  });
  expect(findNode(24, undefined, machine({ ...OLD, '/usr/bin/node': 'v26.0.0' })).path).toBe('/usr/bin/node');
});

test('without a suitable Node.js, an error names the command that installs it', () => {
  expect(() => findNode(24, undefined, machine(OLD))).toThrow('the function needs Node.js 24, and PATH has none; looked on PATH, in node_modules, and in the folders of '
    + 'nvm, fnm, volta, asdf, mise; install it with "npm install --save-dev node@24", or pass --node PATH');
  expect(() => findNode(24, undefined, machine({ '/usr/bin/node': 'v20.1.0' }))).toThrow('the function needs Node.js 24, and PATH has v20.1.0; looked');
  expect(() => findNode(24, undefined, machine({ ...OLD, '/home/ada/.volta/tools/image/node/20.0.0/bin/node': 'v20.0.0' }))).toThrow('install it with "volta install node@24"');
});

test.each([['v20.1.0', '--node must be Node.js 22 or newer, got v20.1.0; the function has 24'], [undefined, 'does not run']])('a given Node.js with the version %s is an error', (version, expected) => {
  expect(() => findNode(24, '/mine/node', machine(version === undefined ? {} : { '/mine/node': version }))).toThrow(expected);
});
