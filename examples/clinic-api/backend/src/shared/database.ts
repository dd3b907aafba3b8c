import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './model';

// Days stay strings: a Date would move a birthday by the server's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (value) => new Date(value).toISOString());

// A sum of cents is a bigint to Postgres, and far below what a number can count.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

let instance: Kysely<Tables> | undefined;

/** The database; nothing connects before the first query runs. */
export function database(): Kysely<Tables> {
  instance ??= new Kysely<Tables>({
    dialect: new PostgresDialect({
      // A Lambda instance serves one request at a time, so one connection is all that it can use.
      pool: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1, idleTimeoutMillis: 60_000 }),
    }),
    plugins: [new CamelCasePlugin()],
  });
  return instance;
}
