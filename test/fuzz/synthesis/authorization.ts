/**
 * Each router must have exactly the authorization that was declared for it, whatever else is declared.
 */
import { Duration, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { Guard, GuardSpec, guardSpec, nearly, World } from './guards';
import { newApp, routerFile, Subject } from './project';
import { Deployment, Template } from './templates';
import { Api, segmentsOf } from '../dispatch/api';
import { matchRoute } from '../dispatch/gateway';
import { longest } from '../dispatch/oracle';
import { property } from '../run/concern';

const prefixes = fc.subarray(['/a', '/b', '/a/c', '/d/{id}', '/d/e', '/{id}/x', '/{id}/y', '/'], { minLength: 1, maxLength: 4 });

const ownGuards = (chosen: readonly string[], guards: fc.Arbitrary<GuardSpec>) => fc.tuple(...chosen.map((prefix) => fc.option(guards, { nil: undefined }).map((spec) => [prefix, spec] as const)));

const mix = prefixes.chain((chosen) => fc.record({
  door: fc.constantFrom('http' as const, 'rest' as const),
  common: guardSpec,
  own: fc.oneof({ weight: 1, arbitrary: ownGuards(chosen, guardSpec) }, { weight: 2, arbitrary: guardSpec.chain((spec) => ownGuards(chosen, nearly(spec))) }),
  cors: fc.boolean(),
  equalIds: fc.constant<boolean>(false),
}));

type Mix = (typeof mix extends fc.Arbitrary<infer T> ? T : never) & { readonly equalIds: boolean };

/** REST APIs have no JWT authorizers, so Cognito replaces them. */
const specOf = (spec: GuardSpec, door: string): GuardSpec => (door === 'rest' && spec.kind === 'jwt' ? { kind: 'cognito', place: spec.place, clients: [0], scopes: spec.scopes } : spec);

export function build(subject: Subject, { door, common, own, cors, equalIds }: Mix, reverse = false) {
  const app = newApp();
  const stack = new Stack(app, 'Api', { env: { account: '123456789012', region: 'eu-central-1' } });
  const world = new World(stack, equalIds);
  const authorize = (spec: GuardSpec) => world.authorization(subject, specOf(spec, door), door);
  const order = <T>(items: readonly T[]): T[] => (reverse ? [...items].reverse() : [...items]);
  // Constructs outside of the API are always created in the same order.
  const declared = own.map(([prefix, spec]) => [prefix, spec && authorize(spec)] as const);
  const options = {
    authorization: authorize(common),
    routes: Object.fromEntries(order(declared).flatMap(([prefix, authorization]) => (authorization ? [[prefix, { authorization }]] : []))),
    ...cors && { cors: { allowOrigins: ['https://app.example.com'], maxAge: Duration.minutes(1) } },
  };
  const entry = routerFile('users');
  new subject.LazyApiFunction(stack, 'Function', {
    routers: subject.Routers.fromMap(Object.fromEntries(order(own).map(([prefix]) => [prefix, { entry }]))),
    verify: subject.Verify.off(),
    endpoint: subject.ApiEndpoint[door](options),
  });
  return { app, world };
}

export const GUARDED = 'every route has exactly the authorization that was declared for its router';

export const guarded = property(GUARDED, 50, mix, expectGuarded);

export const EQUAL_IDS = 'functions and user pools with the same construct id in different stacks are distinguished';

export const equalIds = property(EQUAL_IDS, 30, mix.map((one) => ({ ...one, equalIds: true })), expectGuarded);

function expectGuarded(one: Mix, subject: Subject): void {
  const built = refusedOr(() => build(subject, one));
  if (!built) return;
  const deployment = new Deployment(built.app);
  const routes = one.door === 'http' ? httpRoutes(deployment) : restRoutes(deployment);
  const gateway = { routes: [...routes.keys()].filter((key) => key.startsWith('ANY ')).map((key) => ({ path: key.slice(4), owners: [] })) } as unknown as Api;
  for (const path of samples(one)) {
    const owner = longest(one.own.map(([prefix]) => prefix), segmentsOf(path));
    const route = matchRoute(gateway, path);
    const [, own] = one.own.find(([prefix]) => prefix === owner)!;
    expect({ path, guard: routes.get(`ANY ${route!.path}`) }).toEqual({ path, guard: built.world.guard(specOf(own ?? one.common, one.door), one.door) });
  }
  for (const [key, guard] of routes) if (key.startsWith('OPTIONS ')) expect({ key, guard }).toEqual({ key, guard: { type: 'NONE' } });
  expectPermissions(deployment, [...routes.values()]);
}

/** A combination that the endpoint does not support is refused with a code. */
function refusedOr<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    expect((error as Error).name).toMatch(/^LazyApiError \[(ROUTES_ONE_VARIABLE_CHILD|AUTHORIZATION)\]$/);
    return undefined;
  }
}

/** For each router, its path and a path below it. */
function samples({ own }: Mix): string[] {
  return own.flatMap(([prefix]) => {
    const path = `/${segmentsOf(prefix).map((text) => (text.startsWith('{') ? 'value' : text)).join('/')}`;
    return [path, `${path === '/' ? '' : path}/below/it`];
  });
}

function httpRoutes(deployment: Deployment): Map<string, Guard> {
  const template = deployment.template('Api');
  return new Map(all(template, 'AWS::ApiGatewayV2::Route').map(({ RouteKey, AuthorizationType, AuthorizerId, AuthorizationScopes }) => {
    const authorizer = propertiesOf(template, AuthorizerId);
    const jwt = authorizer?.JwtConfiguration as { readonly Issuer: unknown; readonly Audience: unknown[] } | undefined;
    return [String(RouteKey), {
      type: String(AuthorizationType),
      ...authorizer && {
        by: jwt ? `${deployment.resolve(template, jwt.Issuer)} ${deployment.resolve(template, jwt.Audience)}` : functionOf(deployment.resolve(template, authorizer.AuthorizerUri)),
        scopes: ((AuthorizationScopes ?? []) as string[]).join(' '),
        ...!jwt && { seconds: authorizer.AuthorizerResultTtlInSeconds as number },
      },
    }];
  }));
}

function restRoutes(deployment: Deployment): Map<string, Guard> {
  const template = deployment.template('Api');
  const pathOf = (id: unknown): string => {
    const resource = propertiesOf(template, id);
    return resource?.PathPart === undefined ? '' : `${pathOf(resource.ParentId)}/${resource.PathPart as string}`;
  };
  return new Map(all(template, 'AWS::ApiGateway::Method').map(({ HttpMethod, ResourceId, AuthorizationType, AuthorizerId, AuthorizationScopes }) => {
    const authorizer = propertiesOf(template, AuthorizerId);
    return [`${HttpMethod as string} ${pathOf(ResourceId) || '/'}`, {
      type: String(AuthorizationType),
      ...authorizer && {
        by: authorizer.ProviderARNs ? deployment.resolve(template, authorizer.ProviderARNs) : functionOf(deployment.resolve(template, authorizer.AuthorizerUri)),
        scopes: ((AuthorizationScopes ?? []) as string[]).join(' '),
        ...!authorizer.ProviderARNs && { seconds: authorizer.AuthorizerResultTtlInSeconds as number },
      },
    }];
  }));
}

type Properties = { readonly [property: string]: unknown };

const all = ({ Resources }: Template, type: string): Properties[] => Object.values(Resources).filter(({ Type }) => Type === type).map(({ Properties: properties }) => properties!);

function propertiesOf({ Resources }: Template, reference: unknown): Properties | undefined {
  const id = (reference as { readonly Ref?: string } | undefined)?.Ref;
  return id === undefined ? undefined : Resources[id]?.Properties;
}

const functionOf = (uri: string): string | undefined => /functions\/(<[^>]*>)\/invocations$/.exec(uri)?.[1];

/** API Gateway must have permission to invoke each authorizer function. */
function expectPermissions(deployment: Deployment, guards: readonly Guard[]): void {
  const template = deployment.template('Api');
  const allowed = all(template, 'AWS::Lambda::Permission').map(({ FunctionName }) => deployment.resolve(template, FunctionName));
  for (const { type, by } of guards) if (type === 'CUSTOM') expect(allowed).toContain(by);
}

export const SAME = 'equal declarations in any order give the same template';

export const same = property(SAME, 8, mix, (one, subject: Subject) => {
  const [first, again, reversed] = [false, false, true].map((reverse) => {
    const built = refusedOr(() => build(subject, one, reverse));
    return built && new Deployment(built.app).template('Api');
  });
  expect(again).toEqual(first);
  expect(reversed).toEqual(first);
});
