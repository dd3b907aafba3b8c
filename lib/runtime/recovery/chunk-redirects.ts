/**
 * Redirects all imports of a chunk to another URL of it.
 */
interface Resolved {
  readonly url: string;
}

/** Node 22.15 and later: https://nodejs.org/api/module.html#moduleregisterhooksoptions */
interface ModuleWithHooks {
  registerHooks?(hooks: {
    resolve(specifier: string, context: object, next: (specifier: string, context: object) => Resolved): Resolved;
  }): void;
}

const redirects = new Map<string, string>();

export function canRedirectChunks(): boolean {
  return nodeModule().registerHooks !== undefined;
}

/** The hook slows every import down, so it is installed with the first redirect. */
export function redirectChunk(from: string, to: string): void {
  if (!redirects.size) nodeModule().registerHooks?.({ resolve });
  redirects.set(from, to);
}

function resolve(specifier: string, context: object, next: (specifier: string, context: object) => Resolved): Resolved {
  const resolved = next(specifier, context);
  const url = redirects.get(resolved.url);
  return url === undefined ? resolved : { ...resolved, url };
}

function nodeModule(): ModuleWithHooks {
  return process.getBuiltinModule('node:module') as ModuleWithHooks;
}
