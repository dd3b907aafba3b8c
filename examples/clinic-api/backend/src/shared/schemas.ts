import * as z from 'zod';

export const id = z.string().regex(/^[a-z]{1,4}-[a-z0-9]+$/, 'must look like pt-200');
export const day = z.iso.date();
export const instant = z.iso.datetime({ offset: true });
export const money = z.int().nonnegative();
export const icd10 = z
  .string()
  .regex(/^[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/, 'must be an ICD-10 code such as J45.20');

export const ofPatient = z.object({ patientId: id });

export const invoiceLine = z.object({
  code: z.string().regex(/^\d{5}$/, 'must be a five-digit procedure code'),
  description: z.string().min(1),
  quantity: z.int().positive(),
  unitPrice: money,
});
