import { differenceInMonths, differenceInYears, parseISO } from 'date-fns';
import * as z from 'zod';
import { audit } from '../shared/audit';
import { allow } from '../shared/auth';
import { today } from '../shared/clock';
import { newId } from '../shared/ids';
import type { Patient } from '../shared/model';
import { paginate, pageQuery } from '../shared/pagination';
import { conflict, missing } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { day } from '../shared/schemas';
import { json, query } from '../shared/validate';

const patients = repository('patients');

const newPatient = z.object({
  givenName: z.string().trim().min(1),
  familyName: z.string().trim().min(1),
  birthDate: day.refine((value) => value <= today(), 'lies in the future'),
  sex: z.enum(['female', 'male', 'other']),
  email: z.email().toLowerCase(),
  phone: z.string(),
});

const changes = newPatient
  .pick({ email: true, phone: true })
  .partial()
  .refine((value) => Object.keys(value).length > 0, 'changes nothing');

/** Doses depend on age, and years are too coarse for the youngest patients. */
function ageOn(birthDate: string, on: string): string {
  const years = differenceInYears(parseISO(on), parseISO(birthDate));
  return years >= 3 ? `${years} years` : `${differenceInMonths(parseISO(on), parseISO(birthDate))} months`;
}

const present = (patient: Patient, on: string) => ({ ...patient, age: ageOn(patient.birthDate, on) });

const app = createRouter();
app.use(allow('clinician', 'reception'));

app.get('/', query(pageQuery.extend({ familyName: z.string().optional() })), async (c) => {
  const { familyName, ...page } = c.req.valid('query');
  return c.json(paginate(await patients.list(familyName ? { familyName } : {}), page));
});

app.get('/:id', query(z.object({ on: day.default(today) })), async (c) => {
  const patient = (await patients.get(c.req.param('id'))) ?? missing('Patient', c.req.param('id'));
  await audit(c.get('user'), 'read', patient.id, 'patients');
  return c.json(present(patient, c.req.valid('query').on));
});

app.post('/', json(newPatient), async (c) => {
  const input = c.req.valid('json');
  const [twin] = await patients.list({ familyName: input.familyName, birthDate: input.birthDate });
  if (twin?.givenName === input.givenName) throw conflict('The patient has a record', { patientId: twin.id });
  const patient = await patients.insert({ id: newId('pt'), ...input });
  await audit(c.get('user'), 'create', patient.id, 'patients');
  return c.json(present(patient, today()), 201);
});

app.patch('/:id', json(changes), async (c) => {
  const patient = (await patients.get(c.req.param('id'))) ?? missing('Patient', c.req.param('id'));
  await audit(c.get('user'), 'update', patient.id, 'patients');
  return c.json(await patients.update(patient.id, c.req.valid('json')));
});

export default app;
