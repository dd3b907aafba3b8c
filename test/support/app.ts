import * as path from 'path';
import { App, AppProps, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { handlerSource, project, scratch } from './project';
import { LazyApiFunction, LazyApiFunctionProps, Routers, Verify } from '../../lib';

export const USERS_AND_ORDERS = { 'src/routers/users.ts': handlerSource('users'), 'src/routers/orders.ts': handlerSource('orders') };

export function newApp(props: AppProps = {}): App {
  return new App({ outdir: path.join(scratch(), 'cdk.out'), analyticsReporting: false, ...props });
}

export function newStack(props: StackProps = {}, app = newApp()): Stack {
  return new Stack(app, 'TestStack', props);
}

/** The routers of a new user project. */
export function routersOf(files: { readonly [file: string]: string } = USERS_AND_ORDERS, basePath = '/api'): Routers {
  return Routers.fromDirectory(path.join(project(files), 'src/routers'), { basePath });
}

/** Routers at any prefixes. One module handles all of them. */
export function routersAt(prefixes: readonly string[]): Routers {
  const entry = path.join(project({ 'src/users.ts': handlerSource('users') }), 'src/users.ts');
  return Routers.fromMap(Object.fromEntries(prefixes.map((prefix) => [prefix, { entry }])));
}

/** An app without bundling. Its templates differ only in the asset's hash. */
export function newAppWithoutBundling(): App {
  return newApp({ context: { 'aws:cdk:bundling-stacks': [] } });
}

export function secretIn(stack: Stack): Secret {
  return new Secret(stack, 'Secret');
}

/** An API in its own stack, without verification, which has its own tests. */
export function newApi(props: Partial<LazyApiFunctionProps> = {}, stack = newStack()): LazyApiFunction {
  return new LazyApiFunction(stack, 'Api', { routers: routersOf(), verify: Verify.off(), ...props });
}

/** The path of a function's staged asset. */
export function assetOf(api: LazyApiFunction): string {
  return api.assetPath!;
}

/** For tests that must not import aws-cdk-lib directly. With the newest version, they would import another copy. */
export function minutes(amount: number): Duration {
  return Duration.minutes(amount);
}
