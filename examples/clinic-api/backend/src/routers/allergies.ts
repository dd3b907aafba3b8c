import * as z from 'zod';
import { audit } from '../shared/audit';
import { allow } from '../shared/auth';
import { newId } from '../shared/ids';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { id, ofPatient } from '../shared/schemas';
import { json, query } from '../shared/validate';

const allergies = repository('allergies');
const medications = repository('medications');

/** Drug classes that people allergic to the first often react to as well. */
const crossReactive = new Map([
  ['penicillin', ['cephalosporin']],
  ['sulfonamide', ['thiazide']],
  ['aspirin', ['nsaid']],
]);

const newAllergy = z.object({
  patientId: id,
  substance: z.string().min(2).toLowerCase(),
  reaction: z.string().min(2),
  severity: z.enum(['mild', 'moderate', 'severe']),
});

const app = createRouter();
app.use(allow('clinician'));

app.get('/', query(ofPatient), async (c) => {
  const { patientId } = c.req.valid('query');
  await audit(c.get('user'), 'read', patientId, 'allergies');
  return c.json({ items: await allergies.list({ patientId }) });
});

app.post('/', json(newAllergy), async (c) => {
  const allergy = await allergies.insert({ id: newId('al'), ...c.req.valid('json') });
  await audit(c.get('user'), 'create', allergy.patientId, `allergies/${allergy.id}`);
  return c.json(allergy, 201);
});

app.get('/check', query(ofPatient.extend({ drug: z.string().toLowerCase() })), async (c) => {
  const { patientId, drug } = c.req.valid('query');
  const [medication] = await medications.list({ name: drug });
  const names = [drug, medication?.drugClass];
  const conflicts = (await allergies.list({ patientId })).flatMap((allergy) => {
    if (names.includes(allergy.substance)) return [{ ...allergy, match: 'direct' }];
    const related = crossReactive.get(allergy.substance) ?? [];
    return related.some((name) => names.includes(name)) ? [{ ...allergy, match: 'cross-reactive' }] : [];
  });
  return c.json({ drug, drugClass: medication?.drugClass, safe: conflicts.length === 0, conflicts });
});

export default app;
