/**
 * Tests the suite itself: each mutant must fail the named property, on input that the unchanged sources pass.
 */
import { concerns } from './concerns';
import { check } from './run/check';
import { fixedSeed } from './run/settings';
import { loadSubject } from './run/subject';

describe.each(concerns)('$name', ({ subject: file, properties, mutants, close }) => {
  let subject: never;
  beforeAll(async () => { subject = await loadSubject(file); });
  afterAll(() => close?.());

  test.each(mutants)('the suite detects that $why', async (mutant) => {
    const property = properties.find(({ name }) => name === mutant.killedBy);
    if (!property) throw new Error(`no property is named ${JSON.stringify(mutant.killedBy)}`);
    const mutated = await loadSubject<never>(file, mutant);
    const { failed, path } = await check(property, mutated, { seed: fixedSeed, factor: 1, stops: true });
    expect({ noticed: failed }).toEqual({ noticed: true });
    const unchanged = await check(property, subject, { seed: fixedSeed, path });
    if (unchanged.failed) throw new Error(`fails without the mutant too: ${unchanged.report}`);
  });
});
