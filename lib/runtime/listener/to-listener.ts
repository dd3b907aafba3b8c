/** Converts what a server framework exports to what Node.js calls for each request. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** It responds through the response object. It may return a promise that rejects. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What frameworks export, seen from outside. */
type Candidate = { readonly [name: string]: unknown } | null | undefined;

/** The module of Express, which creates apps. */
interface Express {
  readonly default: () => Has<'use'>;
}

type Has<Name extends string> = { readonly [name in Name]: (...given: unknown[]) => unknown };

/**
 * Undefined if it does not come from a known framework. Frameworks that must be started are started here.
 *
 * @param importExpress for a router of Express, which needs an app around it
 */
export async function toListener(candidate: unknown, importExpress?: () => Promise<unknown>): Promise<Listener | undefined> {
  const app = candidate as Candidate;
  if (isMiddleware(app) && (has(app, 'set') || typeof app.route === 'string')) return app as unknown as Listener;
  if (has(app, 'callback', 'use')) return app.callback() as Listener;
  if (has(app, 'ready', 'inject')) return startFastify(app);
  if (has(app, 'getHttpAdapter', 'init')) return startNest(app);
  return isExpressRouter(app) && importExpress ? withApp(app, await importExpress() as Express) : undefined;
}

/** An Express router also has `handle`, but does not respond without an app. */
export function isExpressRouter(candidate: unknown): boolean {
  return isMiddleware(candidate as Candidate) && has(candidate, 'route') && Array.isArray((candidate as Candidate)!.stack);
}

/** The app adds what the routes call, like `response.json`. */
function withApp(router: unknown, express: Express): Listener {
  return express.default().use(router) as Listener;
}

/** An app or a router. Only an app of Express has `set`, and only an app of Connect has a path as its `route`. */
function isMiddleware(app: Candidate): app is Has<'handle' | 'use'> & NonNullable<Candidate> {
  return typeof app === 'function' && has(app, 'handle', 'use');
}

/** When it is ready, the plugins are loaded and the routes are known. Before version 4, only its server has the listener. */
async function startFastify(app: Has<'ready'> & Candidate): Promise<Listener | undefined> {
  await app.ready();
  if (has(app, 'routing')) return (request, response) => app.routing(request, response);
  const { server } = app as { readonly server?: unknown };
  return has(server, 'emit') ? (request, response) => void server.emit('request', request, response) : undefined;
}

/** Nest runs on Express or Fastify. */
async function startNest(app: Has<'getHttpAdapter' | 'init'>): Promise<Listener | undefined> {
  await app.init();
  const adapter = app.getHttpAdapter();
  return has(adapter, 'getInstance') ? toListener(adapter.getInstance()) : undefined;
}

function has<Name extends string>(value: unknown, ...names: Name[]): value is Has<Name> {
  return names.every((name) => typeof (value as Candidate)?.[name] === 'function');
}
