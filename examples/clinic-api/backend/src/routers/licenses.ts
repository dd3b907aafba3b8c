import { addDays, differenceInCalendarDays, formatISO, parseISO } from 'date-fns';
import * as z from 'zod';
import { allow } from '../shared/auth';
import { today } from '../shared/clock';
import { missing, unprocessable } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { day } from '../shared/schemas';
import { json, query } from '../shared/validate';

const licenses = repository('licenses');
const providers = repository('providers');

const window = z.object({
  on: day.default(today),
  days: z.coerce.number().int().min(1).max(365).default(90),
});

const app = createRouter();
app.use(allow());

/** Licenses that have expired or will soon expire. A provider without a valid license must not see patients. */
app.get('/expiring', query(window), async (c) => {
  const { on, days } = c.req.valid('query');
  const until = formatISO(addDays(parseISO(on), days), { representation: 'date' });
  const due = (await licenses.list()).filter((license) => license.expiresOn <= until);
  const items = await Promise.all(
    due.map(async (license) => {
      const daysLeft = differenceInCalendarDays(parseISO(license.expiresOn), parseISO(on));
      const provider = await providers.get(license.providerId);
      return { ...license, provider: provider?.name, daysLeft, mayPractice: daysLeft >= 0 };
    }),
  );
  return c.json({ on, until, items: items.sort((a, b) => a.daysLeft - b.daysLeft) });
});

app.post('/:id/renewal', json(z.object({ expiresOn: day })), async (c) => {
  const license = (await licenses.get(c.req.param('id'))) ?? missing('License', c.req.param('id'));
  const { expiresOn } = c.req.valid('json');
  if (expiresOn <= license.expiresOn) throw unprocessable(`The license is valid until ${license.expiresOn} already`);
  return c.json(await licenses.update(license.id, { expiresOn }));
});

export default app;
