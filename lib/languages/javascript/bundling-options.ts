/**
 * How the routers are bundled. The names are esbuild's own. Bundling happens at synthesis, so none of them may be a token.
 *
 * @see https://esbuild.github.io/api/
 */
export interface BundlingOptions {
  /**
   * Whether to minify the code. Smaller code loads faster in a cold start. Names of functions and classes change: see `keepNames`.
   *
   * @default true
   */
  readonly minify?: boolean;

  /**
   * Whether functions and classes keep their `name` when the code is minified.
   *
   * Switch it on for code that uses names as data, such as an ORM that names tables by their class. It costs size and load time.
   *
   * @default false
   */
  readonly keepNames?: boolean;

  /**
   * Whether to put source maps into the asset and switch them on in Lambda (`NODE_OPTIONS=--enable-source-maps`), so that
   * stack traces show your own lines.
   *
   * They cost: the asset becomes several times larger, and the first error of each environment waits while Node reads
   * and parses the maps of every loaded chunk, which takes hundreds of milliseconds at small memory sizes.
   *
   * @default false
   */
  readonly sourceMap?: boolean;

  /**
   * The JavaScript version to compile to, in esbuild's notation. Lazy loading needs `import()`: Node.js 14 or newer, ES2020 or newer.
   *
   * @default - the function's runtime, for example "node24" for nodejs24.x
   */
  readonly target?: string;

  /**
   * Global identifiers to replace by constant expressions: `{ 'process.env.STAGE': '"prod"' }`.
   *
   * @default - nothing is replaced
   */
  readonly define?: { [name: string]: string };

  /**
   * Modules to leave out of the bundle; `*` is a wildcard. They must exist in Lambda, from a layer or the runtime.
   *
   * The AWS SDK is bundled by default: that loads faster than the runtime's copy.
   *
   * @default - everything is bundled
   */
  readonly externalModules?: string[];

  /**
   * Packages to install beside the bundle instead of bundling them, with everything that they depend on: those with native code, like `sharp`.
   *
   * The project's own package manager installs them for the function's architecture, in the versions of its lock file, without install scripts.
   * It must be on the path: npm 10, pnpm 9, Yarn 4, or newer. With Plug'n'Play, routers that import these packages are not verified. Synthesis fails
   * if a package comes from elsewhere than a registry or has a patch, and if it has native code and no binary that the function can load.
   *
   * @default - none
   */
  readonly nodeModules?: string[];

  /**
   * Loaders by file extension: `{ '.sql': 'text' }`.
   *
   * @default - esbuild's own
   */
  readonly loader?: { [extension: string]: string };

  /**
   * The tsconfig.json to use for all files.
   *
   * A relative path is resolved from the directory in which the CDK app runs.
   *
   * @default - the nearest tsconfig.json above each file
   */
  readonly tsconfig?: string;

  /**
   * Conditions by which a package's `exports` are chosen, beside `node`, `import` and `module`.
   *
   * @default - none
   */
  readonly conditions?: string[];

  /**
   * The fields of a package's package.json that name its main module, the first that exists wins.
   *
   * @default ["module", "main"]
   */
  readonly mainFields?: string[];

  /**
   * Packages to take another package or file for: `{ 'lodash': 'lodash-es', 'config': './src/config.ts' }`.
   *
   * A relative path is resolved from the directory in which the CDK app runs. Synthesis fails for `cdk-lazy-api` itself.
   *
   * @default - none
   */
  readonly alias?: { [name: string]: string };

  /**
   * Files whose exports replace global variables of their names in all code, for example a polyfill.
   *
   * Every chunk imports them, so that INIT loads them for every router: keep them small. A relative path is resolved from the directory in which the
   * CDK app runs.
   *
   * @default - none
   */
  readonly inject?: string[];

  /**
   * Statements to leave out: `console` for calls of `console`, `debugger` for `debugger`. The runtime does not log with `console`.
   *
   * @default - none
   */
  readonly drop?: string[];

  /**
   * How JSX is compiled: `transform` calls `jsxFactory`, `automatic` imports from `jsxImportSource`. esbuild's `preserve` is refused, because Lambda
   * cannot run JSX.
   *
   * As in esbuild, settings for JSX in tsconfig.json win over this option and those below, and comments like `@jsxImportSource` win over both.
   *
   * @default "transform", or what tsconfig.json says
   */
  readonly jsx?: string;

  /**
   * The package that the automatic transform of JSX imports from, such as "preact" or "hono/jsx".
   *
   * @default "react", or what tsconfig.json says
   */
  readonly jsxImportSource?: string;

  /**
   * The function that the transform of JSX calls for elements.
   *
   * @default "React.createElement", or what tsconfig.json says
   */
  readonly jsxFactory?: string;

  /**
   * What the transform of JSX uses for fragments.
   *
   * @default "React.Fragment", or what tsconfig.json says
   */
  readonly jsxFragment?: string;

  /**
   * Whether Lambda knows single features of the syntax, by esbuild's names for them: `{ 'bigint': false }`. It overrides what `target` says.
   *
   * Lazy loading needs `dynamic-import` and `import-meta`, so that they cannot be false.
   *
   * @default - what the target knows
   */
  readonly supported?: { [name: string]: boolean };

  /**
   * Text at the start of every chunk: JavaScript, for example a comment.
   *
   * `require`, `__filename` and `__dirname` are there already, since CommonJS dependencies need them.
   *
   * @default - none
   */
  readonly banner?: string;

  /**
   * The root of the project that the routers belong to: no router may lie outside, and files are named relative to it.
   *
   * A relative path is resolved from the directory in which the CDK app runs.
   *
   * @default - the nearest directory above the routers with a lock file, else with a package.json
   */
  readonly projectRoot?: string;

  /**
   * Files to put into the asset, by their path in it: `{ 'templates': 'src/templates' }`.
   *
   * A source is a file, a directory with everything below it, or a pattern: `src/mails/*.html`, `dist/**`. `*` and `?` match within a name
   * that does not start with a dot, and `**` matches any number of directories. What a pattern matches keeps its path below the last directory
   * without a wildcard. A relative source is resolved from the directory in which the CDK app runs.
   *
   * Code finds a file with `assetPath('templates/welcome.html')` of `cdk-lazy-api/runtime`.
   *
   * Synthesis fails if a source is missing or empty, or lies outside of the project, also through a link, and if two files have the same path. The
   * files count toward Lambda's limit of 250 MB, and programs stay executable.
   *
   * @default - code alone
   */
  readonly files?: { [target: string]: string };
}
