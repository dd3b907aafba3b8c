import { stream } from 'hono/streaming';
import * as z from 'zod';
import { allow } from '../shared/auth';
import { now } from '../shared/clock';
import { newId } from '../shared/ids';
import type { Patient } from '../shared/model';
import { enqueue } from '../shared/queue';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { day } from '../shared/schemas';
import { putObject } from '../shared/storage';
import { json } from '../shared/validate';

const patients = repository('patients');

const toFhir = (patient: Patient) => ({
  resourceType: 'Patient',
  id: patient.id,
  name: [{ use: 'official', family: patient.familyName, given: [patient.givenName] }],
  gender: patient.sex,
  birthDate: patient.birthDate,
  telecom: [
    { system: 'phone', value: patient.phone },
    { system: 'email', value: patient.email },
  ],
});

const ndjson = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`);

const app = createRouter();
app.use(allow());

/** FHIR bulk data has one resource per line, so a reader needs memory for only one line. */
app.get('/Patient.ndjson', async (c) => {
  const lines = ndjson((await patients.list()).map(toFhir));
  c.header('content-type', 'application/fhir+ndjson');
  return stream(c, async (out) => {
    for (const line of lines) await out.write(line);
  });
});

app.post('/snapshots', async (c) => {
  const key = `exports/${now().toISOString().slice(0, 10)}/${newId('exp')}.ndjson`;
  const lines = ndjson((await patients.list()).map(toFhir));
  await putObject(key, lines.join(''), 'application/fhir+ndjson');
  return c.json({ key, resources: lines.length }, 201);
});

/** A request has too little time for this, so a worker does it. */
app.post(
  '/jobs',
  json(z.object({ since: day, types: z.array(z.enum(['Patient', 'Observation'])).min(1) })),
  async (c) => {
    const job = { jobId: newId('job'), requestedBy: c.get('user').id, ...c.req.valid('json') };
    await enqueue(process.env.EXPORTS_QUEUE_URL, job);
    return c.json(job, 202);
  },
);

export default app;
