import fastify from 'fastify';
import { db } from '../db';

const rooms = fastify();

rooms.get('/', () => db('rooms'));

rooms.post<{ Body: { name: string } }>('/', {
  schema: { body: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
}, async (request, reply) => {
  const [room] = await db('rooms').insert(request.body).returning('*');
  return reply.code(201).send(room);
});

export default rooms;
