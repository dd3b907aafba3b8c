/**
 * Which folder of lib/ may import what. The one table behind the eslint zones and the layering test.
 *
 * A name is a folder or a file of lib/, a package, `node:` for the builtins of Node.js.
 */
export const LAYERS: { readonly [place: string]: readonly string[] } = {
  'contract': [],
  'routing': ['contract'],
  'runtime': ['contract', 'routing', 'node:'],
  'private/errors.ts': [],
  'private/check.ts': ['private/errors.ts'],
  'private/limits.ts': ['private/check.ts'],
  'private/variables.ts': ['private/check.ts', 'private/limits.ts'],
  'private/tokens.ts': ['aws-cdk-lib'],
  'private/to-metric.ts': ['aws-cdk-lib'],
  'private/write-files.ts': ['node:'],
  'private/stage-code.ts': ['private/write-files.ts', 'aws-cdk-lib'],
  'routers': ['contract', 'routing', 'private/errors.ts', 'private/check.ts', 'private/limits.ts', 'private/variables.ts', 'private/write-files.ts', 'node:'],
  'languages/javascript': [
    'contract', 'routing', 'routers', 'private/errors.ts', 'private/check.ts', 'private/limits.ts', 'private/variables.ts', 'node:', 'esbuild',
  ],
  'endpoint': ['contract', 'routing', 'private', 'aws-cdk-lib', 'constructs', 'node:'],
  'secrets': ['contract', 'private', 'aws-cdk-lib', 'constructs'],
  'monitoring': ['contract', 'endpoint', 'private', 'aws-cdk-lib', 'constructs'],
  'delivery': ['contract', 'private', 'aws-cdk-lib', 'constructs', 'node:'],
  'hook': ['contract', '@aws-sdk'],
  'function': ['contract', 'routers', 'languages', 'private', 'aws-cdk-lib', 'constructs'],
  'lazy-api-function-props.ts': ['routers', 'languages', 'delivery', 'endpoint', 'monitoring', 'secrets', 'aws-cdk-lib'],
  'check-props.ts': ['lazy-api-function-props.ts', 'function', 'private', 'aws-cdk-lib'],
  'lazy-api-function.ts': ['lazy-api-function-props.ts', 'check-props.ts', 'contract', 'routing', 'routers', 'languages', 'function', 'endpoint', 'secrets', 'monitoring', 'delivery', 'private', 'aws-cdk-lib', 'constructs'],
  'index.ts': ['contract', 'routers', 'languages', 'endpoint', 'secrets', 'monitoring', 'delivery', 'lazy-api-function.ts', 'lazy-api-function-props.ts'],
};

/** The files that may import esbuild, be it for its types alone. */
export const ESBUILD_FILES = ['languages/javascript/esbuild.ts', 'languages/javascript/esbuild-options.ts'];

/** The eslint rule `import/no-restricted-paths` needs what is forbidden: everything that the table does not allow. */
export function importZones() {
  const places = Object.keys(LAYERS);
  const folders = [...new Set(places.map((place) => place.split('/')[0]))];
  return places.map((place) => ({
    target: `./lib/${place}`,
    from: folders
      .filter((other) => other !== place && !place.startsWith(`${other}/`) && !LAYERS[place].some((allowed) => allowed.split('/')[0] === other))
      .map((other) => `./lib/${other}`),
    message: `lib/${place} may import only ${LAYERS[place].join(', ') || 'nothing'}: see projenrc/layers.ts`,
  })).flatMap(({ from, ...zone }) => from.map((source) => ({ ...zone, from: source })));
}
