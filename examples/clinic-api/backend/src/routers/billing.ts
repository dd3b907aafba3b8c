import { differenceInCalendarDays, parseISO } from 'date-fns';
import * as z from 'zod';
import { allow } from '../shared/auth';
import { today } from '../shared/clock';
import type { Invoice } from '../shared/model';
import { formatMoney, linesTotal } from '../shared/money';
import { missing, unprocessable } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { day, id, money } from '../shared/schemas';
import { json, query } from '../shared/validate';

const invoices = repository('invoices');

const owed = (invoice: Invoice) => linesTotal(invoice.lines) - invoice.paid;

function bucketOf(dueOn: string, asOf: string) {
  const late = differenceInCalendarDays(parseISO(asOf), parseISO(dueOn));
  if (late <= 0) return 'current';
  return late <= 30 ? 'days1to30' : late <= 60 ? 'days31to60' : 'over60';
}

const app = createRouter();
app.use(allow('billing'));

/** What a patient owes, by how overdue it is: the "aging" report that decides who gets a reminder. */
app.get('/accounts/:patientId', query(z.object({ asOf: day.default(today) })), async (c) => {
  const { asOf } = c.req.valid('query');
  const patientId = c.req.param('patientId');
  const aging = { current: 0, days1to30: 0, days31to60: 0, over60: 0 };
  for (const invoice of await invoices.list({ patientId })) {
    aging[bucketOf(invoice.dueOn, asOf)] += owed(invoice);
  }
  const balance = aging.current + aging.days1to30 + aging.days31to60 + aging.over60;
  return c.json({ patientId, asOf, balance, formatted: formatMoney(balance), aging });
});

app.post('/write-offs', json(z.object({ invoiceId: id, amount: money, reason: z.string().min(5) })), async (c) => {
  const { invoiceId, amount, reason } = c.req.valid('json');
  const invoice = (await invoices.get(invoiceId)) ?? missing('Invoice', invoiceId);
  const left = owed(invoice) - amount;
  if (left < 0) throw unprocessable(`Only ${formatMoney(owed(invoice))} of the invoice is open`);
  await invoices.update(invoiceId, { paid: invoice.paid + amount });
  return c.json({ invoiceId, writtenOff: amount, reason, left, approvedBy: c.get('user').id }, 201);
});

export default app;
