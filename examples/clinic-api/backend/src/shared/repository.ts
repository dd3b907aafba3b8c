import type { Kysely } from 'kysely';
import { database } from './database';
import type { Tables } from './model';
import { seed } from './seed';

export interface Repository<Row> {
  get(id: string): Promise<Row | undefined>;
  list(where?: Partial<Row>): Promise<Row[]>;
  insert(row: Row): Promise<Row>;
  update(id: string, changes: Partial<Row>): Promise<Row>;
}

/** The rows of a table: in Postgres if DATABASE_URL is set, otherwise in memory, starting with the seed. */
export function repository<T extends keyof Tables>(table: T): Repository<Tables[T]> {
  return process.env.DATABASE_URL ? new SqlRepository<Tables[T]>(table) : new MemoryRepository<Tables[T]>(seed[table]);
}

// The rows are the seed's own array, so that routers see each other's additions.
class MemoryRepository<Row extends { id: string }> implements Repository<Row> {
  constructor(private readonly rows: Row[]) {}

  async get(id: string) {
    return structuredClone(this.rows.find((row) => row.id === id));
  }

  async list(where: Partial<Row> = {}) {
    const conditions = Object.entries(where) as [keyof Row, unknown][];
    return structuredClone(this.rows.filter((row) => conditions.every(([column, value]) => row[column] === value)));
  }

  async insert(row: Row) {
    this.rows.push(structuredClone(row));
    return row;
  }

  async update(id: string, changes: Partial<Row>) {
    const index = this.rows.findIndex((row) => row.id === id);
    const row = { ...this.rows[index], ...changes } as Row;
    this.rows[index] = row;
    return structuredClone(row);
  }
}

// Kysely cannot type a table that is known only at run time, so the row type is asserted here.
type AnyTable<Row> = Kysely<{ rows: { [Column in keyof Row]: unknown } & { id: string } }>;

class SqlRepository<Row extends { id: string }> implements Repository<Row> {
  readonly #table: 'rows';

  constructor(table: keyof Tables) {
    this.#table = table as 'rows';
  }

  get #db() {
    return database() as unknown as AnyTable<Row>;
  }

  async get(id: string) {
    const query = this.#db
      .selectFrom(this.#table)
      .selectAll()
      .where('id', '=', id as never);
    return (await query.executeTakeFirst()) as Row | undefined;
  }

  async list(where: Partial<Row> = {}) {
    const query = this.#db.selectFrom(this.#table).selectAll();
    return (await query
      .where((eb) => eb.and(where as never))
      .orderBy('id')
      .execute()) as Row[];
  }

  async insert(row: Row) {
    await this.#db
      .insertInto(this.#table)
      .values(encode(row) as never)
      .execute();
    return row;
  }

  async update(id: string, changes: Partial<Row>) {
    const query = this.#db
      .updateTable(this.#table)
      .set(encode(changes) as never)
      .where('id', '=', id as never);
    return (await query.returningAll().executeTakeFirstOrThrow()) as Row;
  }
}

/** Lists are jsonb columns. By default, pg would write them as Postgres arrays. */
function encode(row: object) {
  const columns = Object.entries(row);
  return Object.fromEntries(
    columns.map(([name, value]) => [name, Array.isArray(value) ? JSON.stringify(value) : value]),
  );
}
