/**
 * The behavior that every language's runtime shares, in an asset in Python. Web applications are ASGI applications, and once more WSGI applications.
 */
import { Observation, problemsOf } from './observation';
import { buildAsset, Flavor } from './python/build';
import { runVectors } from './run';
import { missingCapabilities, readVectors, VectorFile, withWebRouters } from './vector';
import { LambdaPython, lambdaPythons, startPython } from '../lambda-python';

/** What the Python runtime can do. README.md says what each capability means. */
const CAPABILITIES = ['web', 'handlers', 'secrets', 'logger', 'background-failures'];

const runs = readVectors().flatMap(({ file, vectors }) => [
  { file, vectors: servable(vectors), flavor: 'asgi' as const },
  ...withWebRouters(vectors) ? [{ file: `${file}, WSGI`, vectors: servable(vectors), flavor: 'wsgi' as const }] : [],
]).filter(({ vectors }) => vectors.cases.length > 0);

describe.each(runs)('$file', ({ vectors, flavor }) => {
  let observations: Array<Map<string, Observation>>;
  beforeAll(async () => { observations = await Promise.all(lambdaPythons.map((python) => observe(python, vectors, flavor))); });

  describe.each(lambdaPythons.map(({ runtime }, index) => ({ runtime, index })))('on $runtime', ({ index }) => {
    test.each(vectors.cases)('$name', (vector) => {
      expect(problemsOf(vector, observations[index].get(vector.name)!)).toEqual([]);
    });
  });
});

/** A runner skips a case that needs a capability its language does not have. */
function servable(vectors: VectorFile): VectorFile {
  return { ...vectors, cases: vectors.cases.filter((vector) => missingCapabilities(vectors, vector, CAPABILITIES).length === 0) };
}

function observe(python: LambdaPython, vectors: VectorFile, flavor: Flavor): Promise<Map<string, Observation>> {
  const asset = buildAsset(vectors.app, flavor);
  return runVectors(vectors, (env) => startPython(python, asset, env));
}
