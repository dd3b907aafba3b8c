/**
 * The behavior that every language's runtime shares, in the built JavaScript asset.
 */
import { runVectors } from './javascript/run';
import { Observation, problemsOf } from './observation';
import { readVectors } from './vector';
import { lambdaNodes } from '../lambda-node';

/** What the JavaScript runtime can do. README.md says what each capability means. */
const CAPABILITIES = ['web', 'fetch', 'handlers', 'streaming', 'secrets', 'logger', 'background-failures'];

describe.each(readVectors())('$file', ({ vectors }) => {
  let observations: Array<Map<string, Observation>>;
  beforeAll(async () => { observations = await Promise.all(lambdaNodes.map((node) => runVectors(node, vectors))); });

  describe.each(lambdaNodes.map(({ runtime }, index) => ({ runtime, index })))('on $runtime', ({ index }) => {
    test.each(vectors.cases)('$name', (vector) => {
      expect([...vectors.requires ?? [], ...vector.requires ?? []].filter((capability) => !CAPABILITIES.includes(capability))).toEqual([]);
      expect(problemsOf(vector, observations[index].get(vector.name)!)).toEqual([]);
    });
  });
});
