import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { now } from '../shared/clock';
import { Problem } from '../shared/problem';
import { enqueue } from '../shared/queue';
import { createRouter } from '../shared/router';
import { id } from '../shared/schemas';
import { parse } from '../shared/validate';

/** The events that each partner may send. */
const partners = new Map<string, z.ZodType>([
  ['laboratory', z.object({ type: z.literal('result.ready'), patientId: id, orderId: z.string() })],
  ['pharmacy', z.object({ type: z.enum(['rx.filled', 'rx.out-of-stock']), prescriptionId: id })],
]);

const TOLERANCE_SECONDS = 300;

/** `t=<unix time>,v1=<hex HMAC-SHA256 of "time.body">`. The time prevents a recorded request from being replayed. */
function verify(header: string, body: string, secret: string): void {
  const { t = '', v1 = '' } = Object.fromEntries(header.split(',').map((part) => part.split('=')));
  const expected = createHmac('sha256', secret).update(`${t}.${body}`).digest();
  const given = Buffer.from(v1, 'hex');
  const fresh = Math.abs(now().getTime() / 1000 - Number(t)) <= TOLERANCE_SECONDS;
  if (!fresh || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Problem(401, 'The signature does not match');
  }
}

const app = createRouter();

app.get('/', (c) => c.json({ partners: [...partners.keys()], toleranceSeconds: TOLERANCE_SECONDS }));

app.post('/:partner', async (c) => {
  const partner = c.req.param('partner');
  const schema = partners.get(partner);
  const secret = process.env[`WEBHOOK_SECRET_${partner.toUpperCase()}`];
  if (!schema || !secret) throw new Problem(404, `No webhook is set up for ${partner}`);
  const body = await c.req.text();
  verify(c.req.header('x-clinic-signature') ?? '', body, secret);

  let payload: unknown;
  try {
    payload = JSON.parse(body);
  } catch {
    throw new Problem(400, 'The body is not JSON');
  }
  // Responds before it handles the event, because partners retry requests that take more than a few seconds.
  const event = parse(schema, payload, 'event');
  const messageId = await enqueue(process.env.WEBHOOKS_QUEUE_URL, { partner, event });
  return c.json({ messageId }, 202);
});

export default app;
