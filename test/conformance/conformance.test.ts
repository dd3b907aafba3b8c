/**
 * The behavior that every language's runtime shares, in the built JavaScript asset.
 */
import { runVectors } from './javascript/run';
import { Observation, problemsOf } from './observation';
import { readVectors } from './vector';
import { lambdaNodes } from '../lambda-node';

/** What the JavaScript runtime can do. README.md says what each capability means. */
const CAPABILITIES = ['web', 'fetch', 'handlers', 'streaming', 'secrets', 'logger', 'background-failures'];

describe.each(lambdaNodes)('on $runtime', (node) => {
  describe.each(readVectors())('$file', ({ vectors }) => {
    let observations: Map<string, Observation>;
    beforeAll(async () => { observations = await runVectors(node, vectors); });

    test.each(vectors.cases)('$name', (vector) => {
      expect([...vectors.requires ?? [], ...vector.requires ?? []].filter((capability) => !CAPABILITIES.includes(capability))).toEqual([]);
      expect(problemsOf(vector, observations.get(vector.name)!)).toEqual([]);
    });
  });
});
