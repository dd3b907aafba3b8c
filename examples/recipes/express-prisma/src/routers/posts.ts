import express from 'express';
import { prisma } from '../prisma';

const posts = express();
posts.use(express.json());

posts.get('/:id', async (request, response) => {
  response.json(await prisma.post.findUniqueOrThrow({ where: { id: Number(request.params.id) }, include: { author: true } }));
});

posts.post('/', async (request, response) => {
  response.status(201).json(await prisma.post.create({ data: request.body }));
});

export default posts;
