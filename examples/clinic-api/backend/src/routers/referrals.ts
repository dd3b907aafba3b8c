import * as z from 'zod';
import { allow } from '../shared/auth';
import { newId } from '../shared/ids';
import type { Referral } from '../shared/model';
import { conflict, missing, unprocessable } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { id } from '../shared/schemas';
import { json, query } from '../shared/validate';

const providers = repository('providers');
const referrals = repository('referrals');

type Status = Referral['status'];

const next: Record<Status, Status[]> = {
  requested: ['accepted', 'declined'],
  accepted: ['scheduled', 'declined'],
  scheduled: ['completed'],
  completed: [],
  declined: [],
};

const triage = { emergency: 0, urgent: 1, routine: 2 };
const status = z.enum(['requested', 'accepted', 'scheduled', 'completed', 'declined']);
const newReferral = z.object({
  patientId: id,
  fromProviderId: id,
  toProviderId: id,
  urgency: z.enum(['routine', 'urgent', 'emergency']).default('routine'),
  reason: z.string().min(3),
});

const app = createRouter();
app.use(allow('clinician'));

/** A specialist's worklist, most urgent first. */
app.get('/', query(z.object({ toProviderId: id, status: status.optional() })), async (c) => {
  const { toProviderId, status } = c.req.valid('query');
  const rows = await referrals.list(status ? { toProviderId, status } : { toProviderId });
  const items = rows.sort((a, b) => triage[a.urgency] - triage[b.urgency]);
  return c.json({ items: items.map((referral) => ({ ...referral, next: next[referral.status] })) });
});

app.post('/', json(newReferral), async (c) => {
  const input = c.req.valid('json');
  if (input.fromProviderId === input.toProviderId) throw unprocessable('A provider cannot refer to themselves');
  if (!(await providers.get(input.toProviderId))) missing('Provider', input.toProviderId);
  return c.json(await referrals.insert({ id: newId('ref'), ...input, status: 'requested' }), 201);
});

app.post('/:id/status', json(z.object({ status })), async (c) => {
  const referral = (await referrals.get(c.req.param('id'))) ?? missing('Referral', c.req.param('id'));
  const { status } = c.req.valid('json');
  const allowed = next[referral.status];
  if (!allowed.includes(status)) throw conflict(`A ${referral.status} referral cannot become ${status}`, { allowed });
  return c.json(await referrals.update(referral.id, { status }));
});

export default app;
