import { addYears, formatISO, parseISO } from 'date-fns';
import * as z from 'zod';
import { audit } from '../shared/audit';
import { allow } from '../shared/auth';
import { today } from '../shared/clock';
import { newId } from '../shared/ids';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { day, id } from '../shared/schemas';
import { json, query } from '../shared/validate';

const consents = repository('consents');

const purpose = z.enum(['treatment', 'research', 'marketing', 'data-sharing']);
const decision = z.object({
  patientId: id,
  purpose,
  decision: z.enum(['permit', 'deny']),
  validFrom: day.default(today),
});

const app = createRouter();
app.use(allow('clinician', 'reception'));

/** The latest decision in force applies. Without one, only treatment is permitted. */
app.get('/:patientId/effective', query(z.object({ purpose, on: day.default(today) })), async (c) => {
  const { purpose, on } = c.req.valid('query');
  const patientId = c.req.param('patientId');
  const decisions = await consents.list({ patientId, purpose });
  const basis = decisions
    .filter((consent) => consent.validFrom <= on && (!consent.validUntil || on <= consent.validUntil))
    .sort((a, b) => b.validFrom.localeCompare(a.validFrom))[0];
  const effective = basis?.decision ?? (purpose === 'treatment' ? 'permit' : 'deny');
  return c.json({ patientId, purpose, on, effective, basis: basis?.id ?? 'default' });
});

/** A permit expires after five years, so that the patient is asked again. A refusal applies until it is withdrawn. */
app.post('/', json(decision), async (c) => {
  const input = c.req.valid('json');
  const lapses = formatISO(addYears(parseISO(input.validFrom), 5), { representation: 'date' });
  const validUntil = input.decision === 'permit' ? lapses : null;
  const consent = await consents.insert({ id: newId('con'), ...input, validUntil });
  await audit(c.get('user'), 'create', consent.patientId, `consents/${consent.id}`);
  return c.json(consent, 201);
});

export default app;
