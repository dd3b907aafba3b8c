import { json, Router } from 'express';
import { prisma } from '../prisma';

const users = Router();
users.use(json());

users.get('/', async (_, response) => {
  response.json(await prisma.user.findMany({ include: { posts: true } }));
});

users.post('/', async (request, response) => {
  response.status(201).json(await prisma.user.create({ data: request.body }));
});

export default users;
