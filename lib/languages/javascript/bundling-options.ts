/**
 * Options for bundling the routers. The names of the options are esbuild's names.
 *
 * Bundling runs at synthesis, so no option can be a CDK token.
 *
 * @see https://esbuild.github.io/api/
 */
export interface BundlingOptions {
  /**
   * Whether to minify the code. Smaller code shortens cold starts. Minifying changes the names of functions and classes: see `keepNames`.
   *
   * @default true
   */
  readonly minify?: boolean;

  /**
   * Whether functions and classes keep their `name` when the code is minified.
   *
   * Enable this for code that uses names as data, such as an ORM that names tables after classes. It increases code size and load time.
   *
   * @default false
   */
  readonly keepNames?: boolean;

  /**
   * Whether to include source maps in the asset and enable them in Lambda (`NODE_OPTIONS=--enable-source-maps`), so that stack traces show your
   * source lines.
   *
   * Source maps make the asset several times larger. The first error in each environment also waits while Node.js reads and parses the maps of all
   * loaded chunks. This takes hundreds of milliseconds at small memory sizes.
   *
   * @default false
   */
  readonly sourceMap?: boolean;

  /**
   * The JavaScript version to compile to, in esbuild's notation. Lazy loading uses `import()`, so the target must be at least Node.js 14 or ES2020.
   *
   * @default - the function's runtime, for example "node24" for nodejs24.x
   */
  readonly target?: string;

  /**
   * Global identifiers to replace with constant expressions, for example `{ 'process.env.STAGE': '"prod"' }`.
   *
   * @default - nothing is replaced
   */
  readonly define?: { [name: string]: string };

  /**
   * Modules to leave out of the bundle. `*` is a wildcard. The modules must exist in Lambda, in a layer or in the runtime.
   *
   * By default, the AWS SDK is bundled, because the bundled copy loads faster than the runtime's copy.
   *
   * @default - everything is bundled
   */
  readonly externalModules?: string[];

  /**
   * Packages to install next to the bundle, with all their dependencies, instead of bundling them. Use this for packages with native code, such as
   * `sharp`.
   *
   * The project's package manager installs the packages for the function's architecture, in the versions of the lock file, without install scripts.
   * It must be on the PATH: npm 10, pnpm 9, Yarn 4, or newer. With Plug'n'Play, routers that import these packages are not verified.
   *
   * Synthesis fails if a package does not come from a registry, has a patch, or has native code but no binary that the function can load.
   *
   * @default - none
   */
  readonly nodeModules?: string[];

  /**
   * The esbuild loader for each file extension, for example `{ '.sql': 'text' }`.
   *
   * @default - esbuild's default loaders
   */
  readonly loader?: { [extension: string]: string };

  /**
   * The tsconfig.json to use for all files.
   *
   * A relative path is resolved from the directory that the CDK app runs in.
   *
   * @default - the nearest tsconfig.json above each file
   */
  readonly tsconfig?: string;

  /**
   * Additional conditions for choosing among a package's `exports`, in addition to `node`, `import`, and `module`.
   *
   * @default - none
   */
  readonly conditions?: string[];

  /**
   * The fields in package.json that can name a package's main module, in order of preference.
   *
   * @default ["module", "main"]
   */
  readonly mainFields?: string[];

  /**
   * Packages to replace with another package or file, for example `{ 'lodash': 'lodash-es', 'config': './src/config.ts' }`.
   *
   * A relative path is resolved from the directory that the CDK app runs in. Synthesis fails if you replace `cdk-lazy-api` itself.
   *
   * @default - none
   */
  readonly alias?: { [name: string]: string };

  /**
   * Files whose exports replace global variables of the same names in all code, for example a polyfill.
   *
   * Every chunk imports these files, so INIT loads them for every router. Keep them small. A relative path is resolved from the directory that the
   * CDK app runs in.
   *
   * @default - none
   */
  readonly inject?: string[];

  /**
   * Statements to remove: `console` removes calls to `console`, and `debugger` removes `debugger` statements. The runtime does not use `console` to
   * log.
   *
   * @default - none
   */
  readonly drop?: string[];

  /**
   * How to compile JSX: `transform` calls `jsxFactory`, and `automatic` imports from `jsxImportSource`. esbuild's `preserve` is not supported,
   * because Lambda cannot run JSX.
   *
   * As in esbuild, the JSX settings in tsconfig.json override this option and the other JSX options. Comments like `@jsxImportSource` override both.
   *
   * @default "transform", or the setting in tsconfig.json
   */
  readonly jsx?: string;

  /**
   * The package that the automatic JSX transform imports from, for example "preact" or "hono/jsx".
   *
   * @default "react", or the setting in tsconfig.json
   */
  readonly jsxImportSource?: string;

  /**
   * The function that the JSX transform calls for elements.
   *
   * @default "React.createElement", or the setting in tsconfig.json
   */
  readonly jsxFactory?: string;

  /**
   * The component that the JSX transform uses for fragments.
   *
   * @default "React.Fragment", or the setting in tsconfig.json
   */
  readonly jsxFragment?: string;

  /**
   * Whether Lambda supports single syntax features, by esbuild's feature names, for example `{ 'bigint': false }`. This overrides `target`.
   *
   * Lazy loading needs `dynamic-import` and `import-meta`, so these cannot be false.
   *
   * @default - the features that the target supports
   */
  readonly supported?: { [name: string]: boolean };

  /**
   * JavaScript text to add at the start of every chunk, for example a comment.
   *
   * `require`, `__filename`, and `__dirname` are already defined, because CommonJS dependencies need them.
   *
   * @default - none
   */
  readonly banner?: string;

  /**
   * The root directory of the project that contains the routers. No router can be outside of it, and file names are relative to it.
   *
   * A relative path is resolved from the directory that the CDK app runs in.
   *
   * @default - the nearest directory above the routers with a lock file, or else with a package.json
   */
  readonly projectRoot?: string;

  /**
   * Files to put into the asset, by their path in it: `{ 'templates': 'src/templates' }`.
   *
  /**
   * Files to copy into the asset, by their path in the asset, for example `{ 'templates': 'src/templates' }`.
   *
  /**
   * Files to copy into the asset, by their path in the asset, for example `{ 'templates': 'src/templates' }`.
   *
   * A source is a file, a directory with all its contents, or a pattern such as `src/mails/*.html` or `dist/**`. `*` and `?` match within one name
   * that does not start with a dot. `**` matches any number of directories. Matched files keep their path below the last directory without a
   * wildcard. A relative source is resolved from the directory that the CDK app runs in.
   *
   * In a router, use `assetPath('templates/welcome.html')` from `cdk-lazy-api/runtime` to get the path of a file.
   *
   * Synthesis fails if a source is missing, empty, or outside of the project (including through a link), or if two files have the same path. The
   * files count toward Lambda's limit of 250 MB. Programs stay executable.
   *
   * @default - only code
   */
  readonly files?: { [target: string]: string };
}
