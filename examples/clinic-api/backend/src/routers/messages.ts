import * as z from 'zod';
import { allow } from '../shared/auth';
import { now } from '../shared/clock';
import { type Item, ItemTable } from '../shared/dynamo';
import { newId } from '../shared/ids';
import { createRouter } from '../shared/router';
import { id } from '../shared/schemas';
import { json, query } from '../shared/validate';

interface Message extends Item {
  from: string;
  text: string;
  urgent: boolean;
}

const messages = new ItemTable<Message>(process.env.MESSAGES_TABLE, [
  {
    pk: 'pt-200',
    sk: '2031-02-10T08:00:00.000Z#msg-1',
    from: 'pt-200',
    text: 'May I run with the new inhaler?',
    urgent: false,
  },
  {
    pk: 'pt-200',
    sk: '2031-02-10T11:30:00.000Z#msg-2',
    from: 'p-100',
    text: 'Yes, ten minutes after using it.',
    urgent: false,
  },
]);

// Symptoms for which patients should call an ambulance instead of writing a message.
const redFlags = /chest pain|can'?t breathe|short(ness)? of breath|suicid|stroke|unconscious/i;

const present = ({ pk, sk, ...message }: Message) => {
  const [sentAt, messageId] = sk.split('#');
  return { id: messageId, patientId: pk, sentAt, ...message };
};

const app = createRouter();
app.use(allow('clinician', 'reception'));

app.get('/:patientId', query(z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) })), async (c) => {
  const thread = await messages.query(c.req.param('patientId'), c.req.valid('query').limit);
  return c.json({ items: thread.map(present) });
});

app.post('/:patientId', json(z.object({ from: id, text: z.string().trim().min(1).max(4000) })), async (c) => {
  const input = c.req.valid('json');
  const sk = `${now().toISOString()}#${newId('msg')}`;
  const message = { pk: c.req.param('patientId'), sk, ...input, urgent: redFlags.test(input.text) };
  await messages.put(message);
  const advice = message.urgent ? 'If this is an emergency, call 911 now. Staff have been alerted.' : undefined;
  return c.json({ ...present(message), advice }, 201);
});

export default app;
