/** The modules of the JavaScript runtime. Each is built to a separate file, so that a function loads only what it needs. */

/** The module that router code imports. The names of the others begin with it. */
export const RUNTIME_MODULE = 'cdk-lazy-api/runtime';

interface RuntimeModule {
  /** Relative to lib/runtime. */
  readonly source: string;
  /**
   * - `routers`: router code imports it.
   * - `entry`: the generated entry imports it.
   * - `extra`: the generated entry imports it for the apps that need it.
   * - `part`: the runtime imports it dynamically. It is a file of every asset, under its own name.
   * - `named`: the runtime imports it dynamically, by its name in the package, so that users' own builds find it.
   */
  readonly use: 'routers' | 'entry' | 'extra' | 'part' | 'named';
}

/** All modules, by the name of their built file. */
export const RUNTIME_MODULES = {
  'index': { source: 'index.ts', use: 'routers' },
  'entry': { source: 'entry.ts', use: 'entry' },
  'report': { source: 'report/report.ts', use: 'extra' },
  'pre-traffic': { source: 'rollout/pre-traffic.ts', use: 'extra' },
  'preflight': { source: 'endpoint/preflight.ts', use: 'extra' },
  'authorizer': { source: 'endpoint/authorizer.ts', use: 'extra' },
  'streaming': { source: 'endpoint/streaming.ts', use: 'extra' },
  'rest': { source: 'endpoint/rest.ts', use: 'extra' },
  'fetch': { source: 'fetch/fetch.ts', use: 'part' },
  'listener': { source: 'listener/listener.ts', use: 'part' },
  'recovery': { source: 'recovery/recovery.ts', use: 'part' },
  'direct': { source: 'secrets/direct.ts', use: 'named' },
} as const satisfies { readonly [file: string]: RuntimeModule };

export type RuntimeModuleFile = keyof typeof RUNTIME_MODULES;

interface RuntimeExtra {
  readonly module: RuntimeModuleFile;
  readonly exported: string;
  /** True: the export is called with options in JSON, and returns the extra. */
  readonly hasOptions: boolean;
}

/** What the generated entry passes to the runtime in addition to the routes, by option, in the order of the generated text. */
export const RUNTIME_EXTRAS = {
  report: { module: 'report', exported: 'report', hasOptions: true },
  preTraffic: { module: 'pre-traffic', exported: 'preTraffic', hasOptions: false },
  preflight: { module: 'preflight', exported: 'preflight', hasOptions: true },
  checkAuthorizer: { module: 'authorizer', exported: 'checkAuthorizer', hasOptions: false },
  streaming: { module: 'streaming', exported: 'streaming', hasOptions: false },
  prepare: { module: 'rest', exported: 'decodeTextBody', hasOptions: false },
  finish: { module: 'rest', exported: 'addCorsHeaders', hasOptions: true },
} as const satisfies { readonly [option: string]: RuntimeExtra };

export type ExtraOption = keyof typeof RUNTIME_EXTRAS;

/** The name by which a module is imported. */
export function runtimeModuleName(file: RuntimeModuleFile): string {
  return file === 'index' ? RUNTIME_MODULE : `${RUNTIME_MODULE}/${file}`;
}

/** The modules with one of these uses. */
export function runtimeModulesFor(...uses: ReadonlyArray<RuntimeModule['use']>): RuntimeModuleFile[] {
  return (Object.keys(RUNTIME_MODULES) as RuntimeModuleFile[]).filter((file) => uses.includes(RUNTIME_MODULES[file].use));
}
