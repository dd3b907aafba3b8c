import { DateTime, Interval } from 'luxon';
import * as z from 'zod';
import { allow } from '../shared/auth';
import { now } from '../shared/clock';
import { newId } from '../shared/ids';
import { percentOf } from '../shared/money';
import { conflict, missing } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { id, instant } from '../shared/schemas';
import { json } from '../shared/validate';

const appointments = repository('appointments');
const VISIT_FEE = 12_500;

const booking = z.object({
  patientId: id,
  providerId: id,
  startsAt: instant,
  minutes: z.int().min(10).max(120).default(30),
  reason: z.string().min(3),
});

const interval = (startsAt: string, endsAt: string) =>
  Interval.fromDateTimes(DateTime.fromISO(startsAt), DateTime.fromISO(endsAt));

const app = createRouter();
app.use(allow('reception', 'clinician'));

app.post('/', json(booking), async (c) => {
  const { minutes, ...details } = c.req.valid('json');
  const start = DateTime.fromISO(details.startsAt, { zone: 'utc' });
  const wanted = Interval.after(start, { minutes });
  const booked = await appointments.list({ providerId: details.providerId, status: 'booked' });
  const clash = booked.find(({ startsAt, endsAt }) => interval(startsAt, endsAt).overlaps(wanted));
  if (clash) throw conflict('The provider is taken at that time', { clashesWith: clash.id });

  const appointment = await appointments.insert({
    ...details,
    id: newId('a'),
    startsAt: start.toJSDate().toISOString(),
    endsAt: start.plus({ minutes }).toJSDate().toISOString(),
    status: 'booked',
  });
  return c.json(appointment, 201);
});

app.get('/:id', async (c) => {
  const appointment = (await appointments.get(c.req.param('id'))) ?? missing('Appointment', c.req.param('id'));
  const minutes = interval(appointment.startsAt, appointment.endsAt).length('minutes');
  return c.json({ ...appointment, minutes });
});

app.post('/:id/cancel', async (c) => {
  const appointment = (await appointments.get(c.req.param('id'))) ?? missing('Appointment', c.req.param('id'));
  if (appointment.status !== 'booked') throw conflict(`The appointment is ${appointment.status} already`);
  const hoursLeft = DateTime.fromISO(appointment.startsAt).diff(DateTime.fromJSDate(now())).as('hours');
  const fee = hoursLeft < 24 ? percentOf(VISIT_FEE, 50) : 0;
  return c.json({ ...(await appointments.update(appointment.id, { status: 'cancelled' })), fee });
});

export default app;
