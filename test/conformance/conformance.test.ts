/**
 * The behavior that all languages share, in the built JavaScript asset. Web applications run as fetch routers, and again as listeners.
 */
import { Flavor } from './javascript/build';
import { runVectors } from './javascript/run';
import { Observation, problemsOf } from './observation';
import { readVectors, RouterFixture, VectorFile } from './vector';
import { lambdaNodes } from '../lambda-node';

/** The capabilities of the JavaScript runtime. README.md explains each one. */
const LISTENER = ['web', 'handlers', 'streaming', 'secrets', 'logger', 'background-failures'];
const CAPABILITIES: { readonly [flavor in Flavor]: readonly string[] } = { fetch: [...LISTENER, 'fetch'], listener: LISTENER };

const runs = readVectors().flatMap(({ file, vectors }) => [
  { file, vectors, flavor: 'fetch' as const },
  ...hasWebRouters(vectors) ? [{ file: `${file}, listeners`, vectors: without(vectors, 'fetch'), flavor: 'listener' as const }] : [],
]);

describe.each(runs)('$file', ({ vectors, flavor }) => {
  let observations: Array<Map<string, Observation>>;
  beforeAll(async () => { observations = await Promise.all(lambdaNodes.map((node) => runVectors(node, vectors, flavor))); });

  describe.each(lambdaNodes.map(({ runtime }, index) => ({ runtime, index })))('on $runtime', ({ index }) => {
    test.each(vectors.cases)('$name', (vector) => {
      expect([...vectors.requires ?? [], ...vector.requires ?? []].filter((capability) => !CAPABILITIES[flavor].includes(capability))).toEqual([]);
      expect(problemsOf(vector, observations[index].get(vector.name)!)).toEqual([]);
    });
  });
});

function hasWebRouters({ requires = [], app }: VectorFile): boolean {
  const fixtures = Object.values(app.routers).map((router: string | RouterFixture) => (typeof router === 'string' ? router : router.fixture));
  return !requires.includes('fetch') && fixtures.includes('web');
}

function without({ cases, ...file }: VectorFile, capability: string): VectorFile {
  return { ...file, cases: cases.filter(({ requires = [] }) => !requires.includes(capability)) };
}
