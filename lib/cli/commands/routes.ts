import { ManifestRouter } from '../../contract/manifest';
import { readManifest } from '../../local/assembly/local-asset';
import { assetOf, SynthesizedApi } from '../../local/assembly/synthesized-api';
import { findRouter, FoundRouter, RoutedApi, routersBehind } from '../../local/endpoint/find-router';
import { LocalAuthorization } from '../../local/endpoint/local-endpoint';
import { readEndpoint } from '../../local/endpoint/read-endpoint';
import { JSON_OPTION, selectedApi, SELECTION } from '../api-options';
import { Arguments } from '../arguments';
import { Command, CommandContext } from '../command';
import { EXIT_CODES } from '../exit-codes';
import { Terminal } from '../terminal';
import { UsageError } from '../usage-error';

export const routesCommand: Command = {
  name: 'routes',
  summary: 'Lists the routes of an API, or finds the router that a URL reaches, and why.',
  positionals: [],
  options: {
    match: { value: 'URL', description: 'a path or a URL: shows its route and its router' },
    method: { value: 'METHOD', description: 'with --match; default: GET' },
    ...JSON_OPTION,
    ...SELECTION,
  },
  examples: ['lazy-api routes', 'lazy-api routes --match "/api/users/7" --method DELETE'],
  run: routes,
};

function routes(args: Arguments, { terminal }: CommandContext): number {
  const url = args.text('match');
  if (url === undefined && args.has('method')) throw new UsageError('--method needs --match URL');
  const api = selectedApi(args);
  const { routers } = readManifest(assetOf(api));
  const endpoint = readEndpoint(api.template, api.description.function.logicalId);
  const routed = { endpoint, prefixes: routers.map(({ prefix }) => prefix), greedyRoutes: api.description.endpoint.traits.greedyRoutes };
  if (url === undefined) return list(api, routed, args.has('json'), terminal);
  const method = (args.text('method') ?? 'GET').toUpperCase();
  const target = targetOf(url);
  const found = findRouter(routed, method, target);
  const router = routers.find(({ prefix }) => prefix === found.prefix);
  terminal.out(args.has('json') ? toJson(matchAsData(found, router, { method, target })) : renderMatch(found, router, terminal));
  return router ? EXIT_CODES.OK : EXIT_CODES.FAILED;
}

function targetOf(url: string): string {
  if (url.startsWith('/')) return url;
  if (!URL.canParse(url)) throw new UsageError(`--match must be a URL, or a path that starts with "/", got "${url}"`);
  const { pathname, search } = new URL(url);
  return pathname + search;
}

interface Row {
  readonly method: string;
  readonly path: string;
  readonly routers: readonly string[];
  readonly authorization: string;
}

function rowsOf(api: RoutedApi): Row[] {
  const { endpoint, prefixes } = api;
  if (endpoint.routes.length === 0) {
    return prefixes.map((prefix) => ({ method: 'ANY', path: prefix, routers: [prefix], authorization: authorizationOf(endpoint.authorization) }));
  }
  return endpoint.routes.map(({ method, path, authorization, apiKeyRequired, answer }) => ({
    method,
    path,
    routers: answer ? [] : routersBehind(api, path),
    authorization: authorizationOf(authorization) + (apiKeyRequired ? ', API key' : ''),
  })).sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}

function list({ path, stack }: SynthesizedApi, routed: RoutedApi, json: boolean, terminal: Terminal): number {
  const { kind, payload, stage, streaming } = routed.endpoint;
  const rows = rowsOf(routed);
  if (json) {
    terminal.out(toJson({ construct: path, stack, endpoint: { kind, payload, stage, streaming }, routes: rows }));
    return EXIT_CODES.OK;
  }
  const cells = rows.map((row) => [row.method, row.path, row.routers.join(', ') || 'API responds', row.authorization]);
  const header = ['METHOD', 'PATH', 'ROUTER', 'AUTHORIZATION'];
  const widths = header.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i].length)));
  const line = (row: readonly string[]) => row.map((cell, i) => cell.padEnd(widths[i])).join('  ').trimEnd();
  terminal.out(`${terminal.outStyle('bold', line(header))}\n${cells.map((row) => `${line(row)}\n`).join('')}`);
  return EXIT_CODES.OK;
}

function authorizationOf({ kind, scopes }: LocalAuthorization): string {
  return scopes?.length ? `${kind} (${scopes.join(', ')})` : kind;
}

interface Asked {
  readonly method: string;
  readonly target: string;
}

function matchAsData({ match, authorization, reason }: FoundRouter, router: ManifestRouter | undefined, asked: Asked): object {
  return {
    ...asked,
    route: match ? { method: match.route.method, path: match.route.path } : null,
    parameters: match?.parameters ?? {},
    authorization: match || router ? authorizationOf(authorization) : null,
    router: router ? { prefix: router.prefix, entry: router.entry, file: router.file, ...router.kind && { kind: router.kind } } : null,
    reason,
  };
}

function renderMatch({ match, authorization, reason }: FoundRouter, router: ManifestRouter | undefined, terminal: Terminal): string {
  const parameters = Object.entries(match?.parameters ?? {}).map(([name, value]) => `${name} = ${value}`);
  const rows: Array<readonly [string, string]> = [
    ['router', router ? `${router.prefix} (${[...new Set([router.entry, router.file])].join(', ')})` : 'none'],
    ...match ? [['route', `${match.route.method} ${match.route.path}`] as const] : [],
    ...parameters.length > 0 ? [['with', parameters.join(', ')] as const] : [],
    ...match || router ? [['authorization', authorizationOf(authorization)] as const] : [],
    ['why', reason],
  ];
  return rows.map(([name, text]) => `${terminal.outStyle('bold', name.padEnd(13))}  ${text}\n`).join('');
}

function toJson(data: object): string {
  return `${JSON.stringify(data, undefined, 2)}\n`;
}
