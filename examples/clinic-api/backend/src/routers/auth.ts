import { base64url, errors, jwtVerify, SignJWT } from 'jose';
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { allow } from '../shared/auth';
import { missing, Problem } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { id } from '../shared/schemas';
import { json } from '../shared/validate';

const appointments = repository('appointments');
const AUDIENCE = 'waiting-room-kiosk';

// Without a key in the environment, tickets are valid for the lifetime of this execution environment.
let key: Uint8Array | undefined;
const ticketKey = () =>
  (key ??= process.env.KIOSK_TICKET_KEY ? base64url.decode(process.env.KIOSK_TICKET_KEY) : randomBytes(32));

const app = createRouter();

app.get('/me', allow('clinician', 'reception', 'billing'), (c) => c.json(c.get('user')));

/** A ticket lets a patient check in at the waiting room's kiosk, for one appointment only. */
app.post('/kiosk-tickets', allow('reception'), json(z.object({ appointmentId: id })), async (c) => {
  const { appointmentId } = c.req.valid('json');
  const appointment = (await appointments.get(appointmentId)) ?? missing('Appointment', appointmentId);
  const ticket = await new SignJWT({ appointmentId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(appointment.patientId)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('15m')
    .sign(ticketKey());
  return c.json({ appointmentId, patientId: appointment.patientId, ticket }, 201);
});

app.post('/kiosk-tickets/redeem', json(z.object({ ticket: z.jwt() })), async (c) => {
  try {
    const { payload } = await jwtVerify(c.req.valid('json').ticket, ticketKey(), { audience: AUDIENCE });
    return c.json({ patientId: payload.sub, appointmentId: payload.appointmentId });
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new Problem(401, 'The ticket is not valid, or no longer');
    throw error;
  }
});

export default app;
