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

/** These also run with the stand-in for the native part of the runtime client, which local commands use. */
const STAND_IN = /^(failures|pre-traffic|answers\/(handlers|large)|log\/(requests|errors|cold)|requests\/(web|rest)|secrets\/(extension|aws))/;
const newest = lambdaPythons[lambdaPythons.length - 1];

const runs = readVectors().flatMap(({ file, vectors }) => [
  { file, vectors: servable(vectors), flavor: 'asgi' as const },
  ...withWebRouters(vectors) ? [{ file: `${file}, WSGI`, vectors: servable(vectors), flavor: 'wsgi' as const }] : [],
]).filter(({ vectors }) => vectors.cases.length > 0)
  .map((run) => ({ ...run, pythons: [...lambdaPythons, ...STAND_IN.test(run.file) ? [{ ...newest, hasStandIn: true }] : []] }));

describe.each(runs)('$file', ({ vectors, flavor, pythons }) => {
  let observations: Array<Map<string, Observation>>;
  beforeAll(async () => { observations = await Promise.all(pythons.map((python) => observe(python, vectors, flavor))); });

  const named = pythons.map(({ runtime, hasStandIn }, index) => ({ name: `${runtime}${hasStandIn ? ' with the stand-in' : ''}`, index }));
  describe.each(named)('on $name', ({ index }) => {
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
