import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './model';

// Days stay strings, because a Date would shift a birthday by the server's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (value) => new Date(value).toISOString());

// Postgres returns a sum of cents as a bigint, which is far below the largest safe integer.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

let instance: Kysely<Tables> | undefined;

/** The database. It does not connect before the first query runs. */
export function database(): Kysely<Tables> {
  instance ??= new Kysely<Tables>({
    dialect: new PostgresDialect({
      // An execution environment serves one request at a time, so it needs only one connection.
      pool: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1, idleTimeoutMillis: 60_000 }),
    }),
    plugins: [new CamelCasePlugin()],
  });
  return instance;
}
