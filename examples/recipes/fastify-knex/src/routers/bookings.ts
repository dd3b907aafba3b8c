import fastify from 'fastify';
import { db } from '../db';

const bookings = fastify();

bookings.put<{ Params: { day: string; roomId: number } }>('/:day/:roomId', async ({ params }, reply) => {
  await db('bookings').insert(params);
  return reply.code(204).send();
});

bookings.get<{ Params: { day: string } }>('/:day', ({ params: { day } }) =>
  db('bookings').join('rooms', 'rooms.id', 'roomId').where({ day }).select('name'));

export default bookings;
