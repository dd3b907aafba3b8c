import * as z from 'zod';
import { audit, auditTrail } from '../shared/audit';
import { allow } from '../shared/auth';
import { createRouter } from '../shared/router';
import { id } from '../shared/schemas';
import { json, query } from '../shared/validate';

const app = createRouter();
app.use(allow());

app.get('/:patientId', query(z.object({ userId: id.optional() })), async (c) => {
  const { userId } = c.req.valid('query');
  const entries = await auditTrail.query(c.req.param('patientId'));
  const items = entries
    .filter((entry) => !userId || entry.userId === userId)
    .map(({ pk, sk, ...entry }) => ({ patientId: pk, at: sk.split('#')[0], ...entry }));
  const users = [...new Set(items.map((item) => item.userId))].sort();
  return c.json({ items, users });
});

/** Emergency access: the record opens immediately, and the audit trail keeps the reason for the privacy officer. */
app.post('/break-glass', json(z.object({ patientId: id, reason: z.string().min(15) })), async (c) => {
  const { patientId, reason } = c.req.valid('json');
  await audit(c.get('user'), 'read', patientId, `break-glass: ${reason}`);
  return c.json({ patientId, grantedTo: c.get('user').id, minutes: 60 }, 201);
});

export default app;
