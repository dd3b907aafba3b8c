import * as z from 'zod';
import { allow } from '../shared/auth';
import { today } from '../shared/clock';
import { linesTotal, percentOf } from '../shared/money';
import { unprocessable } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { day, id, invoiceLine, ofPatient } from '../shared/schemas';
import { json, query } from '../shared/validate';

const policies = repository('policies');

async function policyInForce(patientId: string, on: string) {
  const held = await policies.list({ patientId });
  return held.find((policy) => policy.startsOn <= on && (!policy.endsOn || on <= policy.endsOn));
}

const estimate = z.object({ patientId: id, serviceDate: day.default(today), lines: z.array(invoiceLine).min(1) });

const app = createRouter();
app.use(allow('reception', 'billing'));

app.get('/eligibility', query(ofPatient.extend({ on: day.default(today) })), async (c) => {
  const { patientId, on } = c.req.valid('query');
  const policy = await policyInForce(patientId, on);
  return c.json({ patientId, on, eligible: policy !== undefined, policy });
});

/** The patient pays the remaining deductible and a share of the rest. The payer pays the remainder. */
app.post('/estimates', json(estimate), async (c) => {
  const { patientId, serviceDate, lines } = c.req.valid('json');
  const policy = await policyInForce(patientId, serviceDate);
  if (!policy) throw unprocessable(`No policy covers ${patientId} on ${serviceDate}`);

  const total = linesTotal(lines);
  const deductible = Math.min(total, policy.deductible - policy.deductibleMet);
  const coinsurance = percentOf(total - deductible, policy.coinsurancePercent);
  const patientPays = deductible + coinsurance;
  return c.json({ payer: policy.payer, total, deductible, coinsurance, patientPays, payerPays: total - patientPays });
});

export default app;
