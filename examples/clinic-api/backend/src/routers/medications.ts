import * as z from 'zod';
import { allow } from '../shared/auth';
import { paginate, pageQuery } from '../shared/pagination';
import { unprocessable } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { query } from '../shared/validate';

const medications = repository('medications');

const search = pageQuery.extend({ q: z.string().toLowerCase().default(''), drugClass: z.string().optional() });
const names = z
  .string()
  .transform((value) => [
    ...new Set(
      value
        .toLowerCase()
        .split(',')
        .map((name) => name.trim()),
    ),
  ])
  .pipe(z.array(z.string().min(1)).min(2).max(20));

const app = createRouter();
app.use(allow('clinician'));

app.get('/', query(search), async (c) => {
  const { q, drugClass, ...page } = c.req.valid('query');
  const rows = await medications.list(drugClass ? { drugClass } : {});
  return c.json(
    paginate(
      rows.filter((row) => row.name.startsWith(q)),
      page,
    ),
  );
});

/** All pairs of the given drugs that should not be taken together. */
app.get('/interactions', query(z.object({ drugs: names })), async (c) => {
  const { drugs } = c.req.valid('query');
  const formulary = new Map((await medications.list()).map((medication) => [medication.name, medication]));
  const unknown = drugs.filter((name) => !formulary.has(name));
  if (unknown.length > 0) throw unprocessable('Some drugs are not in the formulary', { unknown });

  const pairs = drugs.flatMap((a, index) => drugs.slice(index + 1).map((b) => [a, b] as const));
  const interactions = pairs.filter(
    ([a, b]) => formulary.get(a)?.interactsWith.includes(b) || formulary.get(b)?.interactsWith.includes(a),
  );
  return c.json({ drugs, checkedPairs: pairs.length, interactions });
});

export default app;
