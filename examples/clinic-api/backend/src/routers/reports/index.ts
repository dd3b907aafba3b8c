import _ from 'lodash';
import * as z from 'zod';
import { allow } from '../../shared/auth';
import { formatMoney, linesTotal } from '../../shared/money';
import { repository } from '../../shared/repository';
import { createRouter } from '../../shared/router';
import { day } from '../../shared/schemas';
import { query } from '../../shared/validate';
import { monthlyRevenue } from './queries';
import { renderVisits } from './templates';

const appointments = repository('appointments');
const invoices = repository('invoices');
const providers = repository('providers');

const period = z.object({ from: day, to: day, format: z.enum(['json', 'html']).default('json') });

const app = createRouter();
app.use(allow('billing'));

/** Visits and no-shows in a period, by specialty. */
app.get('/visits', query(period), async (c) => {
  const { from, to, format } = c.req.valid('query');
  const specialties = _.mapValues(_.keyBy(await providers.list(), 'id'), 'specialty');
  const inPeriod = (await appointments.list()).filter(({ startsAt }) =>
    _.inRange(Date.parse(startsAt), Date.parse(from), Date.parse(to)),
  );
  const rows = _(inPeriod)
    .groupBy(({ providerId }) => specialties[providerId] ?? 'unknown')
    .map((visits, specialty) => {
      const { 'no-show': noShows = 0, ...others } = _.countBy(visits, 'status');
      return { specialty, visits: _.sum(_.values(others)), noShows, noShowRate: _.round(noShows / visits.length, 2) };
    })
    .orderBy(['visits', 'specialty'], ['desc', 'asc'])
    .value();
  return format === 'html' ? c.html(renderVisits({ from, to, rows })) : c.json({ from, to, rows });
});

/** Summed by the database if there is one, and otherwise in memory. */
app.get('/revenue', query(z.object({ year: z.coerce.number().int().min(2020).max(2100) })), async (c) => {
  const { year } = c.req.valid('query');
  if (process.env.DATABASE_URL) return c.json({ year, months: await monthlyRevenue(year).execute() });
  const issued = (await invoices.list()).filter(({ issuedOn }) => issuedOn.startsWith(`${year}-`));
  const months = _.map(
    _.groupBy(issued, ({ issuedOn }) => issuedOn.slice(0, 7)),
    (group, month) => ({
      month,
      billed: _.sumBy(group, ({ lines }) => linesTotal(lines)),
      paid: _.sumBy(group, 'paid'),
    }),
  );
  return c.json({ year, months, billed: formatMoney(_.sumBy(months, 'billed')) });
});

/** For the analysts, who paste it into their own tools. */
app.get('/revenue/sql', query(z.object({ year: z.coerce.number().int() })), (c) => {
  const { sql, parameters } = monthlyRevenue(c.req.valid('query').year).compile();
  return c.json({ sql, parameters });
});

export default app;
