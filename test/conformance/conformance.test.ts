/**
 * The behavior that all languages share, in the built JavaScript asset. Web applications run as fetch routers, and again as listeners.
 */
import { buildAsset, Flavor } from './javascript/build';
import { Observation, problemsOf } from './observation';
import { runVectors } from './run';
import { missingCapabilities, readVectors, VectorFile, withoutCapability, withWebRouters } from './vector';
import { lambdaNodes } from '../lambda-node';
import { TestEnvironment } from '../lambda-node/environment';

/** The capabilities of the JavaScript runtime. README.md explains each one. */
const LISTENER = ['web', 'handlers', 'streaming', 'secrets', 'logger', 'background-failures'];
const CAPABILITIES: { readonly [flavor in Flavor]: readonly string[] } = { fetch: [...LISTENER, 'fetch'], listener: LISTENER };

const runs = readVectors().flatMap(({ file, vectors }) => [
  { file, vectors, flavor: 'fetch' as const },
  ...withWebRouters(vectors) ? [{ file: `${file}, listeners`, vectors: withoutCapability(vectors, 'fetch'), flavor: 'listener' as const }] : [],
]);

describe.each(runs)('$file', ({ vectors, flavor }) => {
  let observations: Array<Map<string, Observation>>;
  beforeAll(async () => { observations = await Promise.all(lambdaNodes.map((node) => observe(node, vectors, flavor))); });

  describe.each(lambdaNodes.map(({ runtime }, index) => ({ runtime, index })))('on $runtime', ({ index }) => {
    test.each(vectors.cases)('$name', (vector) => {
      expect(missingCapabilities(vectors, vector, CAPABILITIES[flavor])).toEqual([]);
      expect(problemsOf(vector, observations[index].get(vector.name)!)).toEqual([]);
    });
  });
});

function observe(node: typeof lambdaNodes[number], vectors: VectorFile, flavor: Flavor): Promise<Map<string, Observation>> {
  const asset = buildAsset(vectors.app, flavor);
  return runVectors(vectors, (env) => TestEnvironment.start(node, asset, { env }));
}
