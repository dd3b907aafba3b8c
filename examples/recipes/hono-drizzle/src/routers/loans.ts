import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { db } from '../db';
import { books, loans } from '../schema';

export default new Hono()
  .get('/:reader', async (c) => {
    const borrowed = await db.select({ title: books.title }).from(loans)
      .innerJoin(books, eq(books.id, loans.bookId)).where(eq(loans.reader, c.req.param('reader')));
    return c.json(borrowed);
  })
  .put('/:reader/:book', async (c) => {
    await db.insert(loans).values({ reader: c.req.param('reader'), bookId: Number(c.req.param('book')) });
    return c.body(null, 204);
  });
