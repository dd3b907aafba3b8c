/**
 * Random and hostile input for the real sources. Independent oracles check the results. `npm run fuzz` runs more cases.
 */
import { concerns } from './concerns';
import { check } from './run/check';
import { seeds, TIMEOUT } from './run/settings';
import { loadSubject } from './run/subject';

describe.each(concerns)('$name', ({ name: concern, subject: file, properties, close }) => {
  let subject: never;
  beforeAll(async () => { subject = await loadSubject(file); });
  afterAll(() => close?.());

  describe.each(seeds)('with $kind', ({ seed }) => {
    test.each(properties)('$name', async (property) => {
      const { failed, runs, milliseconds, report } = await check(property, subject, { seed });
      process.stdout.write(`fuzz ${concern}: ${property.name}: ${runs} runs, seed ${seed}, ${(milliseconds / 1000).toFixed(1)} s\n`);
      if (failed) throw new Error(report);
    }, TIMEOUT);
  });
});
