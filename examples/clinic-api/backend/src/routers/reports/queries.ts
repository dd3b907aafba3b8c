import { sql } from 'kysely';
import { database } from '../../shared/database';

/** Billed and paid amounts by month. The lines are jsonb, so they are expanded before they are summed. */
export function monthlyRevenue(year: number) {
  const billed = sql<number>`sum((
    select sum((line->>'quantity')::int * (line->>'unitPrice')::int) from jsonb_array_elements(lines) as line
  ))::bigint`;
  return database()
    .selectFrom('invoices')
    .select((eb) => [
      sql<string>`to_char(issued_on, 'YYYY-MM')`.as('month'),
      billed.as('billed'),
      eb.fn.sum<number>('paid').as('paid'),
    ])
    .where('issuedOn', '>=', `${year}-01-01`)
    .where('issuedOn', '<', `${year + 1}-01-01`)
    .groupBy('month')
    .orderBy('month');
}
