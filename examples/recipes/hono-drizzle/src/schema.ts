import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const books = sqliteTable('books', {
  id: integer().primaryKey(),
  title: text().notNull(),
});

export const loans = sqliteTable('loans', {
  id: integer().primaryKey(),
  bookId: integer().notNull().references(() => books.id),
  reader: text().notNull(),
});
