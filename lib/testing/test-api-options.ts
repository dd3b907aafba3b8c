import type { TestEndpointKind } from './test-endpoint';

/** Imports the module of a router: `() => import('../src/routers/users')`. The test runner loads the module, so its mocks apply. */
export type ImportRouter = () => unknown;

/** A router, and how it is mounted. */
export interface RouterUnderTest {
  /** Imports its module. */
  readonly load: ImportRouter;
  /**
   * Whether the router sees the path below its prefix.
   *
   * @default true
   */
  readonly stripPrefix?: boolean;
  /**
   * Imports Express, for a router that exports `express.Router()`: `() => import('express')`.
   *
   * @default - the router exports no `express.Router()`
   */
  readonly express?: ImportRouter;
}

/** The options of both kinds of test API. */
export interface TestApiCommonOptions {
  /**
   * The kind of endpoint whose events the routers get.
   *
   * @default - that of the construct, else 'http'
   */
  readonly endpoint?: TestEndpointKind;
  /**
   * The values of secrets, by the names that routers use. What is not a string is a JSON secret.
   *
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, unknown>>;
  /**
   * The values of parameters, by the names that routers use.
   *
   * @default - none
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Environment variables of the function.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * The function's timeout, in milliseconds.
   *
   * @default 29000
   */
  readonly timeoutMs?: number;
}

/** A test API of router modules, in the process of the test. */
export interface RouterTestApiOptions extends TestApiCommonOptions {
  /** The routers, by their prefixes. */
  readonly routers: Readonly<Record<string, ImportRouter | RouterUnderTest>>;
  /**
   * Whether the endpoint streams responses. HTTP APIs cannot.
   *
   * @default false
   */
  readonly streaming?: boolean;
}

/** The members of a construct that a test API uses: pass a `LazyApiFunction` or a `LazyPythonApiFunction`. */
export interface TestedAsset {
  readonly assetPath?: string;
  readonly httpApi?: object;
  readonly restApi?: object;
}

/** A test API of a function's built code, in a separate process. */
export interface AssetTestApiOptions extends TestApiCommonOptions {
  /** The construct, or its `assetPath`. */
  readonly asset: string | TestedAsset;
  /**
   * The path of Node.js that runs a function in JavaScript.
   *
   * @default - the Node.js that runs the test
   */
  readonly node?: string;
  /**
   * The path of Python that runs a function in Python.
   *
   * @default - the function's version, if this machine has it, otherwise the nearest one
   */
  readonly python?: string;
  /**
   * The function's memory, in megabytes.
   *
   * @default 1024
   */
  readonly memoryMb?: number;
}

export type TestApiOptions = RouterTestApiOptions | AssetTestApiOptions;
