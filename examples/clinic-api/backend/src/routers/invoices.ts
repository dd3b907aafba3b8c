import { addDays, formatISO, isWeekend, nextMonday, parseISO } from 'date-fns';
import * as z from 'zod';
import { allow } from '../shared/auth';
import { today } from '../shared/clock';
import { newId } from '../shared/ids';
import type { Invoice } from '../shared/model';
import { formatMoney, linesTotal } from '../shared/money';
import { paginate, pageQuery } from '../shared/pagination';
import { missing } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { day, id, invoiceLine } from '../shared/schemas';
import { json, query } from '../shared/validate';

const invoices = repository('invoices');

const newInvoice = z.object({
  patientId: id,
  issuedOn: day.default(today),
  lines: z.array(invoiceLine).min(1).max(50),
});

/** Thirty days later, but never on a weekend, because banks would book the payment late. */
function dueDate(issuedOn: string): string {
  const date = addDays(parseISO(issuedOn), 30);
  return formatISO(isWeekend(date) ? nextMonday(date) : date, { representation: 'date' });
}

function present(invoice: Invoice) {
  const total = linesTotal(invoice.lines);
  const open = total - invoice.paid;
  return { ...invoice, total, open, formattedTotal: formatMoney(total), settled: open <= 0 };
}

const app = createRouter();
app.use(allow('billing'));

app.get('/', query(pageQuery), async (c) => {
  const page = paginate(await invoices.list(), c.req.valid('query'));
  return c.json({ ...page, items: page.items.map(present) });
});

app.get('/:id', async (c) =>
  c.json(present((await invoices.get(c.req.param('id'))) ?? missing('Invoice', c.req.param('id')))),
);

app.post('/', json(newInvoice), async (c) => {
  const input = c.req.valid('json');
  const invoice = await invoices.insert({ id: newId('inv'), ...input, dueOn: dueDate(input.issuedOn), paid: 0 });
  return c.json(present(invoice), 201);
});

export default app;
