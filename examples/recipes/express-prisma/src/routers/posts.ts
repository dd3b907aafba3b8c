import { json, Router } from 'express';
import { prisma } from '../prisma';

const posts = Router();
posts.use(json());

posts.get('/:id', async (request, response) => {
  response.json(await prisma.post.findUniqueOrThrow({ where: { id: Number(request.params.id) }, include: { author: true } }));
});

posts.post('/', async (request, response) => {
  response.status(201).json(await prisma.post.create({ data: request.body }));
});

export default posts;
