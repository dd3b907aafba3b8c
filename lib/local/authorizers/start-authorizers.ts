import { LocalAuthorizer } from './local-authorizer';
import { functionCode } from '../assembly/function-code';
import { SynthesizedApi } from '../assembly/synthesized-api';
import { Properties, referredIds, Template } from '../assembly/template';
import { declaredVariables, planFunction, regionOf } from '../assembly/to-local-function';
import type { RunAuthorizer } from '../endpoint/authorize';
import type { LocalEndpoint } from '../endpoint/local-endpoint';
import { LocalFunction } from '../lambda/local-function';
import { LocalLambda, LocalLambdaOptions } from '../lambda/local-lambda';
import { languageOfRuntime } from '../language/find-language';
import type { FoundRuntime } from '../language/found-runtime';
import type { LocalLanguage } from '../language/local-language';
import type { Programs } from '../language/programs';

/** The Lambda authorizers of an API. */
export interface StartedAuthorizers {
  /** Undefined for authorizers that cannot run here. */
  readonly run: RunAuthorizer;
  readonly notes: readonly string[];
  close(): Promise<void>;
}

export interface AuthorizersOptions extends Programs {
  /** Environment variables that override those of the authorizer's function. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly output?: LocalLambdaOptions['output'];
}

/** A function that authorizes requests, in its own execution environments. */
interface AuthorizerFunction {
  readonly lambda: LocalLambda;
  readonly fn: LocalFunction;
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** Prepares the Lambda authorizers that are functions in the API's own template, in a language that runs here, with their code in the assembly. */
export function startAuthorizers(api: SynthesizedApi, endpoint: LocalEndpoint, options: AuthorizersOptions): StartedAuthorizers {
  const declared = declaredAuthorizers(endpoint);
  const functions = new Map<string, AuthorizerFunction | undefined>();
  const authorizers = new Map<Properties, LocalAuthorizer>();
  for (const properties of declared) {
    const id = properties && functionIdOf(api.template, properties.AuthorizerUri);
    if (id === undefined) continue;
    if (!functions.has(id)) functions.set(id, startFunction(api, id, options));
    const started = functions.get(id);
    if (started) authorizers.set(properties!, new LocalAuthorizer(endpoint.kind, properties!, started.lambda, started.fn.region));
  }
  const running = [...functions.values()].filter((one) => one !== undefined);
  return {
    run: async (asked) => authorizers.get(asked.route.authorization.authorizer!)?.authorize(asked),
    notes: running.flatMap(({ notes }) => notes),
    close: async () => void await Promise.all(running.map((one) => one.close())),
  };
}

/** The languages of the Lambda authorizers, as far as they run here. */
export function authorizerLanguages({ template }: SynthesizedApi, endpoint: LocalEndpoint): LocalLanguage[] {
  const ids = [...declaredAuthorizers(endpoint)].flatMap((properties) => (properties && functionIdOf(template, properties.AuthorizerUri)) ?? []);
  return ids.flatMap((id) => languageOfRuntime(String(template.Resources[id].Properties?.Runtime)) ?? []);
}

function declaredAuthorizers({ routes }: LocalEndpoint): Set<Properties | undefined> {
  return new Set(routes.map(({ authorization: { kind, authorizer } }) => (kind === 'lambda' ? authorizer : undefined)));
}

/** An authorizer refers to its function, or to a version or an alias of it. */
function functionIdOf(template: Template, uri: unknown): string | undefined {
  for (const id of referredIds(uri)) {
    const { Type: type, Properties: properties } = template.Resources[id] ?? {};
    if (type === 'AWS::Lambda::Function') return id;
    if (type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version') return functionIdOf(template, properties?.FunctionName);
  }
  return undefined;
}

/** The function starts environments at its first invocation. */
function startFunction(api: SynthesizedApi, logicalId: string, options: AuthorizersOptions): AuthorizerFunction | undefined {
  const { Properties: properties = {} } = api.template.Resources[logicalId];
  const { Runtime: runtime, Handler: handler } = properties;
  const language = languageOfRuntime(String(runtime));
  const found = language && runtimeFor(language, String(runtime), options);
  const code = found && typeof handler === 'string' ? functionCode(api.directory, properties, language.inlineFile) : undefined;
  if (!found || !code) return undefined;
  const declared = { logicalId, properties, handler: String(handler), directory: code.directory };
  const region = options.region ?? regionOf(api);
  const { fn, notes } = planFunction(declared, { variables: declaredOnly(properties, options.variables), region });
  const { command, notes: ofRuntime } = found;
  const lambda = new LocalLambda({ fn, command: command(fn) }, { output: options.output });
  const close = async () => {
    await lambda.close();
    code.close();
  };
  return { lambda, fn, notes: [...ofRuntime, ...notes].map((note) => `authorizer ${fn.name}: ${note}`), close };
}

/** Undefined if this machine cannot run the authorizer. The API can still run. */
function runtimeFor(language: LocalLanguage, runtime: string, programs: Programs): FoundRuntime | undefined {
  try {
    return language.findRuntime(runtime, programs);
  } catch (error) {
    if (programs[language.program] !== undefined) throw error;
    return undefined;
  }
}

/** The user's variables are those of the API's function. An authorizer gets only those that it also declares. */
function declaredOnly(properties: Properties, variables: Readonly<Record<string, string>> = {}): Record<string, string> {
  const names = new Set(declaredVariables(properties).map(([name]) => name));
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
}
