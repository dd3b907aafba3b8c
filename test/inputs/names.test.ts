import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ApiEndpoint, LazyApiFunction, Routers, Verify } from '../../lib';
import { newApi, routersAt, secretIn, newStack } from '../support/app';
import { handlerSource, project } from '../support/project';

/** Every object has members of these names. */
const MEMBERS = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toLocaleString', '__defineGetter__', '__lookupSetter__'];

const ENDPOINTS = { http: () => ApiEndpoint.http(), rest: () => ApiEndpoint.rest(), functionUrl: () => ApiEndpoint.functionUrl() };

describe.each(Object.entries(ENDPOINTS))('behind ApiEndpoint.%s', (_, endpoint) => {
  test('routers can have the names of members of Object.prototype', () => {
    const prefixes = MEMBERS.flatMap((name) => [`/${name}`, `/a/${name}`, `/{id}/${name}/b`]);
    const api = newApi({ endpoint: endpoint(), routers: routersAt(prefixes), verify: Verify.atSynth() });
    expect(api.prefixes).toEqual([...prefixes].sort());
    expect(() => synth(api)).not.toThrow();
  });
});

test('a REST API has a separate resource for each of these routers', () => {
  const template = synth(newApi({ endpoint: ApiEndpoint.rest(), routers: routersAt(MEMBERS.map((name) => `/a/${name}`)) }));
  for (const name of MEMBERS) template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: name });
});

test('only a REST API refuses the segment __proto__', () => {
  for (const prefix of ['/__proto__', '/a/__proto__', '/__proto__/b']) {
    expect(() => newApi({ endpoint: ApiEndpoint.rest(), routers: routersAt([prefix]) })).toThrow(expect.objectContaining({
      code: 'PREFIX_INVALID',
      message: expect.stringMatching(/^TestStack\/Api: the prefix of a router of a REST API must not contain the segment "__proto__", .*, got ".*__proto__.*"; choose another name, or use ApiEndpoint\.http\(\)$/),
    }));
  }
  const http = newApi({ endpoint: ApiEndpoint.http(), routers: routersAt(['/a/__proto__']), verify: Verify.atSynth() });
  synth(http).hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: 'ANY /a/__proto__' });
});

test('a directory can contain such routers, and overrides can name them', () => {
  const files = Object.fromEntries(MEMBERS.filter((name) => !name.startsWith('_')).map((name) => [`src/routers/${name}.ts`, handlerSource(name)]));
  const routers = Routers.fromDirectory(path.join(project(files), 'src/routers'), { overrides: { toString: { preload: true } as {} } });
  const { manifest } = newApi({ routers, verify: Verify.atSynth(), budgets: { routers: { '/valueOf': 1_000_000 } } });
  expect(manifest!.preload.decisions.filter(({ reason }) => reason.includes('has preload: true')).map(({ file }) => file)).toContain('routers/toString.mjs');
  expect(manifest!.preload.decisions.find(({ file }) => file === 'routers/constructor.mjs')!.preload).toBe(false);
});

test.each([...MEMBERS, '__proto__'])('overrides, budgets, and routes for a missing router with the name %s are refused', (name) => {
  const directory = path.join(project({ 'src/routers/users.ts': handlerSource('users') }), 'src/routers');
  const overrides = JSON.parse(`{ "${name}": { "preload": true } }`);
  expect(() => Routers.fromDirectory(directory, { overrides })).toThrow(expect.objectContaining({
    code: 'OVERRIDE_UNMATCHED',
    message: expect.stringContaining(`overrides["${name}"] must name a router in`),
  }));
  expect(() => newApi({ budgets: { routers: JSON.parse(`{ "${name}": 1 }`) } })).toThrow(expect.objectContaining({ code: 'BUDGET' }));
  expect(() => newApi({ endpoint: ApiEndpoint.http({ routes: JSON.parse(`{ "${name}": {} }`) }) })).toThrow(expect.objectContaining({ code: 'ROUTE_UNMATCHED' }));
});

test('variables and secrets can also have such names', () => {
  const stack = newStack();
  const api = newApi({ environment: { constructor: 'x', toString: 'y' } as unknown as { [name: string]: string }, secrets: { constructor: secretIn(stack) } as {}, verify: Verify.atSynth() }, stack);
  synth(api).hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ constructor: 'x', toString: 'y' }) } });
});

function synth(api: LazyApiFunction): Template {
  (api.node.root as App).synth();
  return Template.fromStack(Stack.of(api));
}
