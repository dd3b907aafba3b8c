import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { z } from 'zod';
import { db } from '../db';
import { books } from '../schema';

const book = z.object({ title: z.string().min(1) });

export default new Hono()
  .get('/', async (c) => c.json(await db.select().from(books)))
  .post('/', zValidator('json', book), async (c) => c.json((await db.insert(books).values(c.req.valid('json')).returning())[0], 201));
