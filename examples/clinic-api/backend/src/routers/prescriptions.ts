import { addDays, formatISO, parseISO } from 'date-fns';
import * as z from 'zod';
import { audit } from '../shared/audit';
import { allow } from '../shared/auth';
import { today } from '../shared/clock';
import { newId } from '../shared/ids';
import { conflict, missing, unprocessable } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { day, id } from '../shared/schemas';
import { json } from '../shared/validate';

const allergies = repository('allergies');
const medications = repository('medications');
const prescriptions = repository('prescriptions');

const newPrescription = z.object({
  patientId: id,
  providerId: id,
  medicationId: id,
  doseMg: z.number().positive(),
  timesPerDay: z.int().min(1).max(6),
  days: z.int().min(1).max(90),
  refillsLeft: z.int().min(0).max(11).default(0),
});

const app = createRouter();
app.use(allow('clinician'));

app.post('/', json(newPrescription), async (c) => {
  const input = c.req.valid('json');
  const medication = (await medications.get(input.medicationId)) ?? missing('Medication', input.medicationId);
  const { name, drugClass, maxDailyMg } = medication;
  const allergy = (await allergies.list({ patientId: input.patientId })).find(({ substance }) =>
    [name, drugClass].includes(substance),
  );
  if (allergy) throw conflict(`The patient is allergic to ${allergy.substance}`, { allergy });
  if (input.doseMg * input.timesPerDay > maxDailyMg) {
    throw unprocessable(`More than ${maxDailyMg} mg of ${name} a day`, { maxDailyMg });
  }
  const prescription = await prescriptions.insert({ id: newId('rx'), ...input, lastFilledOn: today() });
  await audit(c.get('user'), 'create', input.patientId, `prescriptions/${prescription.id}`);
  return c.json(prescription, 201);
});

/** A refill is due when a fifth of the supply is left. With earlier refills, pills would pile up. */
app.post('/:id/refills', json(z.object({ on: day.default(today) })), async (c) => {
  const { on } = c.req.valid('json');
  const prescription = (await prescriptions.get(c.req.param('id'))) ?? missing('Prescription', c.req.param('id'));
  const { refillsLeft, lastFilledOn, days } = prescription;
  if (refillsLeft === 0) throw conflict('No refills are left; a new prescription is needed');
  const dueOn = formatISO(addDays(parseISO(lastFilledOn), Math.floor(days * 0.8)), { representation: 'date' });
  if (on < dueOn) throw conflict(`The next refill is due on ${dueOn}`, { dueOn });
  await audit(c.get('user'), 'update', prescription.patientId, `prescriptions/${prescription.id}`);
  return c.json(await prescriptions.update(prescription.id, { refillsLeft: refillsLeft - 1, lastFilledOn: on }), 201);
});

export default app;
