import Stripe from 'stripe';
import * as z from 'zod';
import { allow } from '../shared/auth';
import { linesTotal, split } from '../shared/money';
import { conflict, missing, Problem } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { id } from '../shared/schemas';
import { json } from '../shared/validate';

const invoices = repository('invoices');

let client: Stripe | undefined;

function stripe(): Stripe {
  const key = process.env.STRIPE_SECRET_KEY;
  if (!key) throw new Problem(503, 'This clinic takes no card payments');
  return (client ??= new Stripe(key, { maxNetworkRetries: 2 }));
}

async function openInvoice(invoiceId: string) {
  const invoice = (await invoices.get(invoiceId)) ?? missing('Invoice', invoiceId);
  const open = linesTotal(invoice.lines) - invoice.paid;
  if (open <= 0) throw conflict('The invoice is paid');
  return { invoice, open };
}

const app = createRouter();

/** A plan that pays an invoice in monthly amounts, which add up to the cent. */
app.post('/plans', allow('billing'), json(z.object({ invoiceId: id, months: z.int().min(2).max(12) })), async (c) => {
  const { invoiceId, months } = c.req.valid('json');
  const { open } = await openInvoice(invoiceId);
  return c.json({ invoiceId, open, installments: split(open, months) });
});

app.post('/intents', allow('billing'), json(z.object({ invoiceId: id })), async (c) => {
  const { invoice, open } = await openInvoice(c.req.valid('json').invoiceId);
  const intent = await stripe().paymentIntents.create(
    { amount: open, currency: 'usd', metadata: { invoiceId: invoice.id } },
    // The amount is part of the key, so a repeated click pays once, and a remainder can still be paid later.
    { idempotencyKey: `${invoice.id}-${open}` },
  );
  return c.json({ intentId: intent.id, clientSecret: intent.client_secret, amount: open }, 201);
});

/** A request from Stripe. It has no user, but a signature over the exact bytes of the body. */
app.post('/stripe-events', async (c) => {
  const secret = process.env.STRIPE_WEBHOOK_SECRET ?? '';
  const body = await c.req.text();
  let event: Stripe.Event;
  try {
    event = stripe().webhooks.constructEvent(body, c.req.header('stripe-signature') ?? '', secret);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) throw new Problem(400, error.message);
    throw error;
  }
  if (event.type === 'payment_intent.succeeded') {
    const { amount_received, metadata } = event.data.object;
    const invoice = (await invoices.get(metadata.invoiceId ?? '')) ?? missing('Invoice', metadata.invoiceId ?? '');
    await invoices.update(invoice.id, { paid: invoice.paid + amount_received });
  }
  return c.body(null, 204);
});

export default app;
