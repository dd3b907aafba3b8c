import Handlebars from 'handlebars';
import * as z from 'zod';
import { allow } from '../shared/auth';
import { sendMail } from '../shared/mail';
import { missing } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { id } from '../shared/schemas';
import { json } from '../shared/validate';

const appointments = repository('appointments');
const locations = repository('locations');
const patients = repository('patients');
const providers = repository('providers');

const handlebars = Handlebars.create();
handlebars.registerHelper('when', (instant: string, timeZone: string) =>
  new Date(instant).toLocaleString('en-US', { timeZone, dateStyle: 'full', timeStyle: 'short' }),
);

// Mail is not confidential, so no template mentions the reason for the visit.
const reminder = {
  subject: handlebars.compile('Your appointment with {{{provider.name}}}'),
  text: handlebars.compile(
    'Dear {{{patient.givenName}}},\n\n{{{provider.name}}} expects you on {{{when startsAt location.timeZone}}} at {{{location.name}}}.\n',
  ),
  html: handlebars.compile(
    '<p>Dear {{patient.givenName}},</p><p><b>{{provider.name}}</b> expects you on {{when startsAt location.timeZone}} at {{location.name}}.</p>',
  ),
};

async function compose(appointmentId: string) {
  const appointment = (await appointments.get(appointmentId)) ?? missing('Appointment', appointmentId);
  const { patientId, providerId, startsAt } = appointment;
  const patient = (await patients.get(patientId)) ?? missing('Patient', patientId);
  const provider = (await providers.get(providerId)) ?? missing('Provider', providerId);
  const location = await locations.get(provider.locationId);
  const facts = { patient, provider, location, startsAt };
  return {
    to: patient.email,
    subject: reminder.subject(facts),
    text: reminder.text(facts),
    html: reminder.html(facts),
  };
}

const app = createRouter();
app.use(allow('reception'));

app.get('/reminders/:appointmentId/preview', async (c) => c.html((await compose(c.req.param('appointmentId'))).html));

app.post('/reminders', json(z.object({ appointmentId: id })), async (c) => {
  const mail = await compose(c.req.valid('json').appointmentId);
  const { messageId, delivered } = await sendMail(mail);
  return c.json({ messageId, delivered, to: mail.to, subject: mail.subject, text: mail.text }, 202);
});

export default app;
