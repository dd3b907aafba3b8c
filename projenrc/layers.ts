/** The helpers of lib/private that have no dependencies. */
const PLAIN_PRIVATE = ['private/errors.ts', 'private/check.ts', 'private/limits.ts', 'private/variables.ts', 'private/plausible-value.ts', 'private/nearest.ts'];

/**
 * Which folder of lib/ may import what. The eslint zones and the layering test use this table.
 *
 * A name is a folder or a file of lib/, a package, `node:` for the builtins of Node.js.
 */
export const LAYERS: { readonly [place: string]: readonly string[] } = {
  'contract': [],
  'routing': ['contract'],
  'runtime': ['contract', 'routing', 'node:'],
  'private/help.ts': [],
  'private/errors.ts': ['private/help.ts'],
  'private/warn.ts': ['private/help.ts', 'aws-cdk-lib', 'constructs'],
  'private/nearest.ts': [],
  'private/check.ts': ['private/errors.ts', 'private/nearest.ts'],
  'private/limits.ts': ['private/check.ts'],
  'private/variables.ts': ['private/check.ts', 'private/limits.ts'],
  'private/plausible-value.ts': [],
  'private/tokens.ts': ['aws-cdk-lib'],
  'private/to-metric.ts': ['aws-cdk-lib'],
  'private/write-files.ts': ['node:'],
  'private/stage-code.ts': ['private/write-files.ts', 'aws-cdk-lib', 'node:'],
  // Without aws-cdk-lib, so that code can also be built and verified outside of a CDK app.
  'routers': ['contract', 'routing', 'gateway', ...PLAIN_PRIVATE, 'private/write-files.ts', 'node:'],
  'languages/javascript': ['contract', 'routing', 'routers', ...PLAIN_PRIVATE, 'node:', 'esbuild', 'js-yaml'],
  'languages/python': ['contract', 'routing', 'routers', ...PLAIN_PRIVATE, 'private/write-files.ts', 'node:'],
  // How API Gateway and function URLs translate requests and results.
  'gateway': ['node:'],
  // Without aws-cdk-lib: local commands read what synthesis wrote.
  'local': ['contract', 'routing', 'gateway', 'routers', 'languages', ...PLAIN_PRIVATE, 'private/write-files.ts', 'node:'],
  // The command `lazy-api`.
  'cli': ['contract', 'routing', 'gateway', 'routers', 'languages', 'local', ...PLAIN_PRIVATE, 'node:'],
  // Without aws-cdk-lib: tests of routers need no construct.
  'testing': ['contract', 'routing', 'runtime', 'gateway', 'local', ...PLAIN_PRIVATE, 'node:'],
  'endpoint': ['contract', 'routing', 'private', 'aws-cdk-lib', 'constructs', 'node:'],
  'secrets': ['contract', 'private', 'aws-cdk-lib', 'constructs'],
  'monitoring': ['contract', 'endpoint', 'private', 'aws-cdk-lib', 'constructs'],
  'delivery': ['contract', 'private', 'aws-cdk-lib', 'constructs', 'node:'],
  'hook': ['contract', '@aws-sdk'],
  'function': ['contract', 'private', 'aws-cdk-lib', 'constructs'],
  'base': [
    'contract', 'routing', 'routers', 'function', 'endpoint', 'secrets', 'monitoring', 'delivery', 'private', 'aws-cdk-lib', 'constructs',
    'node:',
  ],
  'lazy-api-function-props.ts': ['base', 'languages/javascript', 'aws-cdk-lib'],
  'lazy-api-function.ts': ['lazy-api-function-props.ts', 'base', 'languages/javascript', 'private', 'aws-cdk-lib', 'constructs'],
  'lazy-python-api-function-props.ts': ['base', 'languages/python', 'aws-cdk-lib'],
  'lazy-python-api-function.ts': [
    'lazy-python-api-function-props.ts', 'base', 'languages/python', 'function', 'private', 'aws-cdk-lib', 'constructs',
  ],
  'index.ts': [
    'contract', 'routers', 'languages', 'lazy-python-api-function.ts', 'lazy-python-api-function-props.ts', 'endpoint', 'secrets', 'monitoring', 'delivery', 'lazy-api-function.ts',
    'lazy-api-function-props.ts',
  ],
};

/** Places that must not be reached, not even through files in between. */
export const NEVER_REACHES: ReadonlyArray<{ readonly places: readonly string[]; readonly reach: string }> = [
  { places: ['contract', 'routing', 'endpoint', 'secrets', 'monitoring', 'delivery', 'function', 'routers', 'base'], reach: 'languages' },
  { places: ['routing', 'endpoint', 'secrets', 'monitoring', 'delivery', 'function', 'base'], reach: 'runtime' },
  {
    places: ['routing', 'endpoint', 'secrets', 'monitoring', 'delivery', 'function', 'routers', 'base', 'languages/python'],
    reach: 'contract/javascript',
  },
  { places: ['routers', 'languages', 'contract', 'routing', 'runtime', 'gateway', 'local', 'cli', 'testing'], reach: 'aws-cdk-lib' },
  // No language needs another.
  { places: ['languages/python'], reach: 'languages/javascript' },
  { places: ['languages/javascript'], reach: 'languages/python' },
  // Each part is loaded without the other.
  { places: ['runtime/listener', 'runtime/web'], reach: 'runtime/fetch' },
];

/** The only folder whose files may import esbuild, even if only its types. */
export const ESBUILD_FOLDER = 'languages/javascript/esbuild/';

/** The eslint rule `import/no-restricted-paths` needs a list of what is forbidden: everything that the table does not allow. */
export function importZones() {
  const places = Object.keys(LAYERS);
  const folders = [...new Set(places.map(topFolder))];
  return places.map((place) => ({
    target: `./lib/${place}`,
    from: folders
      .filter((other) => other !== topFolder(place) && !LAYERS[place].some((allowed) => topFolder(allowed) === other))
      .map((other) => `./lib/${other}`),
    message: `lib/${place} may import only ${LAYERS[place].join(', ') || 'nothing'}: see projenrc/layers.ts`,
  })).flatMap(({ from, ...zone }) => from.map((source) => ({ ...zone, from: source })));
}

function topFolder(place: string): string {
  return place.split('/')[0];
}
