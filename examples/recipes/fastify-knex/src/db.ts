import knex from 'knex';

export const db = knex({ client: 'better-sqlite3', connection: { filename: ':memory:' }, useNullAsDefault: true });

// With a persistent database, run `knex migrate:latest` when you deploy instead.
await db.schema
  .createTable('rooms', (table) => { table.increments(); table.string('name').notNullable(); })
  .createTable('bookings', (table) => { table.increments(); table.integer('roomId').references('rooms.id'); table.date('day'); });
