import express from 'express';
import { prisma } from '../prisma';

const users = express();
users.use(express.json());

users.get('/', async (_, response) => {
  response.json(await prisma.user.findMany({ include: { posts: true } }));
});

users.post('/', async (request, response) => {
  response.status(201).json(await prisma.user.create({ data: request.body }));
});

export default users;
