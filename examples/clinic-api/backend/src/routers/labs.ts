import * as z from 'zod';
import { audit } from '../shared/audit';
import { allow } from '../shared/auth';
import { newId } from '../shared/ids';
import type { LabResult } from '../shared/model';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { id, instant, ofPatient } from '../shared/schemas';
import { parse, query } from '../shared/validate';

const results = repository('labResults');

/** A value far outside the range requires a phone call to the clinician, not just a line in a list. */
function flag({ value, low, high }: LabResult) {
  const margin = (high - low) / 2;
  if (value < low - margin || value > high + margin) return 'critical';
  return value < low ? 'low' : value > high ? 'high' : 'normal';
}

const received = z.array(
  z.object({
    id,
    patientId: id,
    loinc: z.string().regex(/^\d{1,7}-\d$/, 'must be a LOINC code'),
    name: z.string(),
    value: z.number(),
    unit: z.string(),
    low: z.number(),
    high: z.number(),
    observedAt: instant,
  }),
);

const toInstant = (hl7 = '') => hl7.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:00.000Z');

/** The observations (OBX) of an HL7 v2 message, for the patient in its PID segment. */
function parseOru(message: string): LabResult[] {
  const segments = message.split(/\r\n?|\n/).map((line) => line.split('|'));
  const patientId = segments.find(([name]) => name === 'PID')?.[3]?.split('^')[0];
  const observations = segments.filter(([name]) => name === 'OBX');
  const results = observations.map((obx) => {
    const [loinc, name] = obx[3]?.split('^') ?? [];
    const [low, high] = obx[7]?.split('-').map(Number) ?? [];
    const observed = { value: Number(obx[5]), unit: obx[6], low, high, observedAt: toInstant(obx[14]) };
    return { id: newId('lab'), patientId, loinc, name, ...observed };
  });
  return parse(received, results, 'message');
}

const app = createRouter();
app.use(allow('clinician'));

app.get('/', query(ofPatient), async (c) => {
  const { patientId } = c.req.valid('query');
  await audit(c.get('user'), 'read', patientId, 'labs');
  const items = (await results.list({ patientId })).map((result) => ({ ...result, flag: flag(result) }));
  return c.json({ items, abnormal: items.filter((item) => item.flag !== 'normal').length });
});

app.post('/hl7', async (c) => {
  const items = await Promise.all(parseOru(await c.req.text()).map((result) => results.insert(result)));
  return c.json({ items: items.map((result) => ({ ...result, flag: flag(result) })) }, 201);
});

export default app;
