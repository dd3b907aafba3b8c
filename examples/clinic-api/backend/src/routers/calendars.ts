import { DateTime } from 'luxon';
import { now } from '../shared/clock';
import type { Appointment } from '../shared/model';
import { missing } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';

const appointments = repository('appointments');
const providers = repository('providers');

const utc = (instant: string) => DateTime.fromISO(instant, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmss'Z'");

/** RFC 5545 requires commas, semicolons, and backslashes to be escaped, and limits lines to 75 octets. */
const text = (value: string) => value.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
const fold = (line: string) => line.replace(/(.{73})(?=.)/g, '$1\r\n ');

// Other parties can read the calendar, so it shows when a provider is busy, but never with whom or why.
const event = (appointment: Appointment, stamp: string) => [
  'BEGIN:VEVENT',
  `UID:${appointment.id}@clinic.example.com`,
  `DTSTAMP:${stamp}`,
  `DTSTART:${utc(appointment.startsAt)}`,
  `DTEND:${utc(appointment.endsAt)}`,
  'SUMMARY:Appointment',
  'CLASS:PRIVATE',
  'END:VEVENT',
];

const app = createRouter();

app.get('/:file{.+\\.ics}', async (c) => {
  const id = c.req.param('file').replace(/\.ics$/, '');
  const provider = (await providers.get(id)) ?? missing('Provider', id);
  const stamp = utc(now().toISOString());
  const events = await appointments.list({ providerId: id, status: 'booked' });
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example Clinic//Calendars//EN',
    `X-WR-CALNAME:${text(provider.name)}`,
    ...events.flatMap((appointment) => event(appointment, stamp)),
    'END:VCALENDAR',
  ];
  return c.body(`${lines.map(fold).join('\r\n')}\r\n`, 200, { 'content-type': 'text/calendar; charset=utf-8' });
});

export default app;
