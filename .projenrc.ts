import { awscdk, github, javascript } from 'projen';
import { RUNTIME_MODULES, runtimeModuleName, runtimeModulesFor } from './lib/contract/javascript/runtime-modules';
import { DocsWorkflow } from './projenrc/docs-workflow';
import { importZones } from './projenrc/layers';
import { addLanguagesWorkflow, addPythonWorkflow, publishing, ReleasePipeline, SBOM } from './projenrc/workflows';

/** The version of aws-cdk-lib that the library is compiled and tested against. The suite also runs on the newest version; see test/newest. */
const AWS_CDK_LIB = '2.257.0';
const ESBUILD = '0.28.2';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-lazy-api',
  description: 'One Lambda function, thirty routers, the cold start of one: an AWS CDK construct that loads each router of a monolith API lazily.',
  author: 'cdk-lazy-api',
  authorAddress: 'founders@cdk-lazy-api.dev',
  repositoryUrl: 'https://github.com/cdk-lazy-api/cdk-lazy-api.git',
  license: 'Apache-2.0',
  sampleCode: false,
  // Construct Hub searches the name, the description, and the keywords, but not the README.
  keywords: [
    'aws', 'cdk', 'lambda', 'api-gateway', 'cold-start', 'esbuild', 'lazy-loading', 'hono',
    'serverless', 'api', 'rest-api', 'http-api', 'monolith', 'lambdalith', 'router', 'monitoring',
  ],
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  bin: { 'lazy-api': 'bin/lazy-api' },

  // The library is compiled in place: users import from the paths of the source files.
  srcdir: 'lib',
  libdir: 'lib',

  jsiiVersion: '~6.0.16',
  cdkVersion: AWS_CDK_LIB,
  constructsVersion: '10.5.1',
  compressAssembly: true,

  // projen's own npm job accepts no additional steps; see publishToNpm below.
  releaseToNpm: false,
  publishToPypi: { distName: 'cdk-lazy-api', module: 'cdk_lazy_api', trustedPublishing: true, ...publishing('pypi') },
  publishToMaven: { mavenGroupId: 'dev.cdklazyapi', mavenArtifactId: 'cdk-lazy-api', javaPackage: 'dev.cdklazyapi', ...publishing('maven') },
  publishToNuget: { dotNetNamespace: 'CdkLazyApi', packageId: 'CdkLazyApi', trustedPublishing: true, ...publishing('nuget') },
  publishToGo: { moduleName: 'github.com/cdk-lazy-api/cdk-lazy-api-go', ...publishing('golang') },
  // The version of the first release; projen's default is 0.0.0. After that, the commits determine the version.
  nextVersionCommand: 'git tag --list "v*" | grep -q . || echo 0.1.0',
  buildWorkflowOptions: { mutableBuild: false, permissions: { contents: github.workflows.JobPermission.READ } },

  // CDK apps in other languages get only our tarball, without optional dependencies.
  // jsii bundles dependencies that are not jsii modules.
  bundledDeps: [`esbuild-wasm@${ESBUILD}`, 'js-yaml@^4.3.2'],
  devDeps: [
    // For the types and tests of lib/hook. In Lambda, the runtime provides them.
    '@aws-sdk/client-codedeploy@3.1133.0',
    '@aws-sdk/client-lambda@3.1133.0',
    '@types/aws-lambda',
    '@types/js-yaml@^4.0.9',
    '@types/node@^20',
    // For the schema of the conformance vectors.
    'ajv@^6.15.0',
    'aws-cdk@2.1148.1',
    // Checks the accessibility of pages in tests.
    'axe-core@^4.14.1',
    'cdk-nag@3.0.2',
    'eslint-plugin-awscdk@4.2.1',
    'fast-check',
    'hono',
    'jsii-diff@1.140.0',
    'jsii-pacmak@1.140.0',
    // Evaluates the expressions of state machines in tests.
    'jsonata@^2.2.2',
    // Drives the Chromium that is installed on the machine.
    'playwright-core@^1.65.1',
    // Publishes a release.
    'publib@0.2.1061',
    'yaml@^2.9.1',
  ],

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      testTimeout: 120_000,
      // All cores. By default, Jest leaves one core idle, which is half of a two-core machine.
      maxWorkers: '100%',
      // A stale compiled lib/x.js must never take precedence over the edited lib/x.ts.
      moduleFileExtensions: ['ts', 'js', 'json', 'node'],
      modulePathIgnorePatterns: ['<rootDir>/test/.*/node_modules/', '<rootDir>/examples/.*/node_modules/', '<rootDir>/docs/site/node_modules/', '<rootDir>/.*/cdk.out/'],
      setupFiles: ['<rootDir>/test/setup.ts'],
      // These run with `test:newest` only.
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/newest/'],
    },
  },
  githubOptions: { pullRequestLint: false, mergify: false },
  depsUpgrade: false,
  autoMerge: false,
  stale: false,
});

// This file imports a source file of lib/, whose compiled version may be older.
project.defaultTask!.env('TS_NODE_PREFER_TS_EXTS', 'true');
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// -- package.json --------------------------------------------------------------------------------------------------------

// esbuild's native binary. jsii rejects it as a dependency or a peer dependency, because it is not a jsii module.
project.package.addField('optionalDependencies', { esbuild: ESBUILD });
project.package.addField('overrides', {
  'eslint-plugin-awscdk': { typescript: '$typescript' },
  // Without this, a fresh lock file lacks the optional bindings of other platforms, and `npm ci` rejects it.
  'unrs-resolver': '1.12.2',
  // What is installed here is the least that the Go package requires. This is what aws-cdk-go itself requires.
  '@aws-cdk/asset-node-proxy-agent-v6': '2.1.2',
});
project.package.addField('types', 'lib/index.d.ts');
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  ...Object.fromEntries(runtimeModulesFor('routers', 'named').map((file) => {
    const source = `./lib/runtime/${RUNTIME_MODULES[file].source}`;
    const built = { types: source.replace('.ts', '.d.ts'), import: `./lib/runtime/${file}.mjs`, default: source.replace('.ts', '.js') };
    return [runtimeModuleName(file).replace('cdk-lazy-api', '.'), built];
  })),
  './testing': { types: './lib/testing/index.d.ts', default: './lib/testing/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.jsii.gz': './.jsii.gz',
  './.warnings.jsii.js': './.warnings.jsii.js',
});
// Verification runs a file of this package in a separate process, which cannot read Yarn's archives.
project.package.addField('preferUnplugged', true);
// TypeScript's node10 resolution ignores `exports`.
project.package.addField('typesVersions', { '*': { runtime: ['./lib/runtime/index.d.ts'], testing: ['./lib/testing/index.d.ts'] } });

// -- tasks ---------------------------------------------------------------------------------------------------------------

project.compileTask.exec('node scripts/build-runtime.mjs', { name: 'bundle the runtime for Lambda' });
project.compileTask.exec('node scripts/copy-runtime-client.mjs', { name: "copy Lambda's runtime client" });
project.compileTask.exec('node scripts/copy-python-client.mjs', { name: "copy Lambda's runtime client for Python" });

const fixtures = project.addTask('install-fixtures', {
  description: 'Install what the tests and the demo need in addition to the library: the backend of the example, Lambda\'s Node.js, and the newest aws-cdk-lib',
  exec: 'node scripts/install-fixtures.mjs',
  receiveArgs: true,
});
// eslint has a separate task, which does not fix anything.
project.testTask.reset();
project.testTask.spawn(fixtures);
project.testTask.exec('jest --ci', { receiveArgs: true });
// npm runs this before `npm test`.
project.addTask('pretest', { description: 'Build what the tests need' }).spawn(project.compileTask);

project.addTask('test:newest', {
  description: 'Run the tests on the newest aws-cdk-lib',
  env: { AWS_CDK_LIB: 'newest' },
  exec: 'jest --ci --config test/newest/jest.config.json',
  receiveArgs: true,
});
project.addTask('fuzz', {
  description: 'Test the sources with random input; FUZZ_RUNS multiplies the number of runs in `npm test`, and FUZZ_SEED repeats a run',
  steps: [{ exec: 'node scripts/build-runtime.mjs' }, { exec: 'jest --ci test/fuzz/fuzz.test.ts', env: { FUZZ: 'long' }, receiveArgs: true }],
});
project.addTask('lint', {
  description: 'Lint without fixing, and type-check the tests and the examples',
  steps: [
    { exec: 'eslint --ext .ts --max-warnings 0 --no-error-on-unmatched-pattern lib test examples docs projenrc .projenrc.ts', env: { ESLINT_USE_FLAT_CONFIG: 'false' } },
    { exec: 'tsc -p test/tsconfig.json --noEmit' },
    { exec: 'tsc -p examples/tsconfig.json --noEmit' },
  ],
});
project.addTask('demo', {
  description: 'Build the thirty-router example, and compare its cold starts with those of a monolith',
  steps: [{ spawn: 'compile' }, { exec: 'node scripts/install-fixtures.mjs examples/clinic-api/backend' }, { exec: 'node examples/clinic-api/demo/index.mjs' }],
});
project.addTask('demo:python', {
  description: 'Build the example with thirty FastAPI routers, and compare its cold starts with those of a monolith and of a middleware',
  steps: [{ spawn: 'compile' }, { exec: 'node examples/credentials-api/demo/index.mjs', receiveArgs: true }],
});
for (const { name, description, needs, script, receiveArgs } of [
  { name: 'bench', description: 'Compare cold starts with those of alternatives to the library', needs: 'examples/clinic-api/backend test/lambda-node test/bench', script: 'index', receiveArgs: true },
  { name: 'bench:warm', description: 'Measure what the library, and the line about a request, add to a warm request', needs: 'test/lambda-node test/bench', script: 'warm' },
  { name: 'bench:local', description: 'Measure the time from a save to the first response, and what the local server adds to a request', needs: 'examples/clinic-api/backend test/lambda-node test/bench', script: 'local' },
  { name: 'bench:equal', description: 'Show how rarely the cold-start gate fails for equal builds', needs: 'test/lambda-node test/bench', script: 'equal', receiveArgs: true },
  { name: 'bench:phases', description: 'Measure where a cold start spends its time', needs: 'examples/clinic-api/backend test/lambda-node test/bench', script: 'phases', receiveArgs: true },
  { name: 'bench:synth', description: 'Measure the time of synthesis by the number of routers, compared with NodejsFunction', needs: 'examples/clinic-api/backend test/bench', script: 'synth' },
  { name: 'bench:python-synth', description: 'Measure the time of synthesis for thirty routers in Python, over an empty API in JavaScript', needs: 'test/bench', script: 'python/synth' },
  { name: 'bench:unchanged', description: 'Measure what nodeModules adds to a synthesis in which nothing has changed', needs: 'examples/clinic-api/backend test/bench', script: 'unchanged' },
  { name: 'bench:python', description: 'Compare cold starts of a FastAPI application with those of alternatives to the library', needs: 'test/lambda-python', script: 'python/index', receiveArgs: true },
]) {
  const steps = [{ spawn: 'compile' }, { exec: `node scripts/install-fixtures.mjs ${needs}` }, { exec: `node test/bench/${script}.mjs`, receiveArgs }];
  project.addTask(name, { description, steps });
}
for (const { name, description, script } of [
  { name: 'docs', description: 'Build the documentation site into docs/site/.vitepress/dist', script: 'build' },
  { name: 'docs:dev', description: 'Serve the documentation site, and rebuild a page when its file changes', script: 'dev' },
]) {
  const steps = [{ exec: 'node scripts/install-fixtures.mjs docs/site' }, { exec: `npm run ${script}`, cwd: 'docs/site' }];
  project.addTask(name, { description, steps });
}
const translateExamples = project.addTask('rosetta', {
  description: 'Compile the examples in doc comments, and translate them to Python, Java, C#, and Go',
  exec: 'node scripts/translate-examples.mjs',
});
project.addTask('test:languages', {
  description: 'Synthesize examples/languages in each language with the packages of a release, and compare the templates',
  exec: 'node scripts/test-languages.mjs',
  receiveArgs: true,
});
project.addTask('api:check', {
  description: 'Fail on changes that break the public API of the last release; see .compatignore',
  exec: 'node scripts/check-api.mjs',
});

// -- eslint --------------------------------------------------------------------------------------------------------------

project.eslint!.addPlugins('awscdk');
project.eslint!.addExtends('plugin:awscdk/classicStrict');
project.eslint!.addIgnorePattern('cdk.out/');
project.eslint!.addIgnorePattern('test/fixtures/');
project.eslint!.addIgnorePattern('examples/*/backend/');
// Their test compiles them, with the packages that it installs.
project.eslint!.addIgnorePattern('examples/recipes/');
// This example is a separate package, which installs this library.
project.eslint!.addIgnorePattern('examples/languages/typescript/');
project.eslint!.addRules({
  'import/no-restricted-paths': ['error', { zones: importZones() }],
  '@typescript-eslint/no-explicit-any': 'error',
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 4],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  '@stylistic/max-len': ['error', { code: 150, ignoreUrls: true }],
  // All of lib/ may import lib/private; see projenrc/layers.ts.
  'awscdk/no-import-private': 'off',
  // Children are exposed with their concrete types, so that users never have to work around the construct.
  'awscdk/no-construct-in-public-property-of-construct': 'off',
  // Separate functions create children of the construct that is passed to them.
  'awscdk/require-passing-this': 'off',
  // Routes are named by their prefix.
  'awscdk/no-variable-construct-id': 'off',
  'awscdk/pascal-case-construct-id': 'off',
});
project.eslint!.addOverride({ files: ['lib/hook/**'], rules: { 'import/no-extraneous-dependencies': 'off' } });
// projen components are not CDK constructs.
project.eslint!.addOverride({ files: ['projenrc/**'], rules: { 'awscdk/construct-constructor-property': 'off' } });
project.eslint!.addOverride({
  files: ['.projenrc.ts', 'projenrc/**'],
  rules: { '@stylistic/max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true }] },
});
project.eslint!.addOverride({
  files: ['test/**', 'examples/**'],
  rules: {
    'max-lines-per-function': 'off',
    'max-params': 'off',
    'import/no-restricted-paths': 'off',
    'import/no-extraneous-dependencies': 'off',
    '@stylistic/max-len': ['error', { code: 200, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
    '@stylistic/object-property-newline': 'off',
    'awscdk/require-jsdoc': 'off',
    'awscdk/require-props-default-doc': 'off',
    'awscdk/construct-constructor-property': 'off',
    'awscdk/no-construct-stack-suffix': 'off',
    'awscdk/no-parent-name-construct-id-match': 'off',
    'awscdk/prefer-grants-property': 'off',
  },
});

new javascript.TypescriptConfig(project, {
  fileName: 'examples/tsconfig.json',
  compilerOptions: { module: 'node16', target: 'ES2022', lib: ['es2022'], types: ['node'], strict: true, noEmit: true, skipLibCheck: true, rootDir: '..' },
  include: ['*/*.ts', '*/routers/*.ts', 'languages/typescript/bin/*.ts'],
  exclude: ['*/backend'],
});
new javascript.TypescriptConfig(project, {
  fileName: 'docs/site/tsconfig.json',
  compilerOptions: { module: 'node16', target: 'ES2022', lib: ['es2022'], types: ['node'], strict: true, noEmit: true, skipLibCheck: true, rootDir: '.' },
  include: ['*.ts'],
});

// -- what is ignored and what is published ------------------------------------------------------------------------------------

project.gitignore.exclude('/lib/**/*.mjs', '!/lib/languages/javascript/**/*.mjs', '!/lib/local/page/assets/*.mjs', '/.jsii.gz', '/.jsii.tabl.json.gz', '/.warnings.jsii.js', 'cdk.out/', '__pycache__/', '/test/lambda-node/native/', '/lib/local/node/aws-lambda-ric/', '/lib/local/python/awslambdaric/', '/docs/site/.vitepress/cache/', '/docs/site/.vitepress/dist/', '/docs/site/.vitepress/.temp/');
for (const pattern of ['/lib/**/*.ts', '!/lib/**/*.d.ts', '!/lib/**/*.mjs', '/examples/', '/docs/', '/scripts/', '/rosetta/', '/.ci/', 'cdk.out/', '/CONTRIBUTING.md', '/.compatignore', '/python/tests/', '/python/.cache/', '/python/pyproject.toml', '/python/README.md', '/python/.gitignore', '__pycache__/']) {
  project.npmignore!.addPatterns(pattern);
}

// -- releases ----------------------------------------------------------------------------------------------------------------

const sbom = project.addTask('sbom', {
  description: 'Write the contents of the npm package as a CycloneDX file',
  exec: `npm sbom --package-lock-only --omit dev --sbom-format cyclonedx > ${SBOM}`,
});
project.addTask('release:dry-run', {
  description: 'Build a release of the committed files in a temporary clone, and check its packages without publishing them',
  exec: 'node scripts/release-dry-run.mjs',
});
const pythonRuntime = project.addTask('package:python-runtime', {
  description: 'Build the wheel and the source distribution of lazy-api-runtime, the runtime of routers in Python',
  exec: 'node scripts/build-python-runtime.mjs',
});
// A release packages all languages. Any other build packages only JavaScript.
project.packageTask.reset();
// jsii-pacmak reads the translations, and the npm package contains them for Construct Hub.
project.packageTask.spawn(translateExamples);
project.packageTask.spawn(project.tasks.tryFind('package:js')!, { condition: 'node -e "if (process.env.RELEASE) process.exit(1)"' });
for (const task of [project.tasks.tryFind('package-all')!, pythonRuntime, sbom]) {
  project.packageTask.spawn(task, { condition: 'node -e "if (!process.env.RELEASE) process.exit(1)"' });
}

project.release!.publisher.publishToNpm({ trustedPublishing: true, npmProvenance: true, ...publishing('npm') });
addLanguagesWorkflow(project.github!);
addPythonWorkflow(project.github!);
new ReleasePipeline(project);
new DocsWorkflow(project);

project.synth();
