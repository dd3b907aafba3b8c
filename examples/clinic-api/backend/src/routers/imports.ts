import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import * as z from 'zod';
import { allow } from '../shared/auth';
import { newId } from '../shared/ids';
import { Problem } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { day } from '../shared/schemas';
import { query } from '../shared/validate';

const patients = repository('patients');

const row = z.object({
  givenName: z.string().min(1),
  familyName: z.string().min(1),
  birthDate: day,
  sex: z.enum(['female', 'male', 'other']),
  email: z.email().toLowerCase(),
  phone: z.string().default(''),
});

function read(csv: string): Record<string, string>[] {
  try {
    return parseCsv(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    if (error instanceof CsvError) throw new Problem(400, error.message, { code: error.code });
    throw error;
  }
}

const app = createRouter();
app.use(allow('reception'));

/** Valid rows are imported, invalid rows are returned with their line numbers, and no patient is added twice. */
app.post('/patients', query(z.object({ dryRun: z.stringbool().default(false) })), async (c) => {
  const { dryRun } = c.req.valid('query');
  const known = new Set((await patients.list()).map((patient) => patient.email));
  const imported: string[] = [];
  const rejected: { line: number; reasons: string[] }[] = [];

  for (const [index, record] of read(await c.req.text()).entries()) {
    const { success, data, error } = row.safeParse(record);
    const reasons = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
    if (success && known.has(data.email)) reasons.push('email: is a patient already');
    if (!success || reasons.length > 0) {
      rejected.push({ line: index + 2, reasons });
      continue;
    }
    known.add(data.email);
    const patient = { id: newId('pt'), ...data };
    imported.push(dryRun ? data.email : (await patients.insert(patient)).email);
  }
  return c.json({ dryRun, imported, rejected }, dryRun ? 200 : 201);
});

export default app;
