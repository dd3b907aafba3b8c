import * as z from 'zod';
import { allow } from '../shared/auth';
import type { Claim } from '../shared/model';
import { linesTotal } from '../shared/money';
import { conflict, missing, unprocessable } from '../shared/problem';
import { enqueue } from '../shared/queue';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { icd10 } from '../shared/schemas';
import { json } from '../shared/validate';

const claims = repository('claims');
const invoices = repository('invoices');
const policies = repository('policies');

/** Returns the reasons why the payer would deny the claim. Finding them here is cheaper than in a letter six weeks later. */
async function scrub(claim: Claim) {
  const invoice = (await invoices.get(claim.invoiceId)) ?? missing('Invoice', claim.invoiceId);
  const policy = (await policies.get(claim.policyId)) ?? missing('Policy', claim.policyId);
  const findings: string[] = [];
  if (policy.patientId !== invoice.patientId) findings.push('The policy covers somebody else');
  if (invoice.issuedOn < policy.startsOn || (policy.endsOn && invoice.issuedOn > policy.endsOn)) {
    findings.push('The policy was not in force on the date of service');
  }
  if (claim.diagnosisCodes.length === 0) findings.push('A diagnosis is missing');
  if (claim.diagnosisCodes.length > 12) findings.push('A claim holds at most twelve diagnoses');
  return { findings, payer: policy.payer, charge: linesTotal(invoice.lines) };
}

const find = async (id: string) => (await claims.get(id)) ?? missing('Claim', id);

const app = createRouter();
app.use(allow('billing'));

app.get('/:id', async (c) => {
  const claim = await find(c.req.param('id'));
  return c.json({ ...claim, ...(await scrub(claim)) });
});

app.put('/:id/diagnoses', json(z.object({ codes: z.array(icd10).min(1).max(12) })), async (c) => {
  const claim = await find(c.req.param('id'));
  if (claim.status !== 'draft') throw conflict(`A ${claim.status} claim does not change any more`);
  return c.json(await claims.update(claim.id, { diagnosisCodes: c.req.valid('json').codes }));
});

app.post('/:id/submit', async (c) => {
  const claim = await find(c.req.param('id'));
  if (claim.status !== 'draft') throw conflict(`The claim is ${claim.status} already`);
  const { findings, payer, charge } = await scrub(claim);
  if (findings.length > 0) throw unprocessable('The payer would deny this claim', { findings });
  const messageId = await enqueue(process.env.CLAIMS_QUEUE_URL, { claimId: claim.id, payer, charge });
  return c.json({ ...(await claims.update(claim.id, { status: 'submitted' })), messageId }, 202);
});

export default app;
