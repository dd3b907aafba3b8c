/**
 * Lets Prisma's WebAssembly client read a SQLite file with `node:sqlite`. Prisma's own adapters need native packages, which `shared` does not
 * measure.
 * @see https://www.prisma.io/docs/orm/overview/databases/database-drivers
 */
const NAMES = { provider: 'sqlite', adapterName: 'node-sqlite' };

/** Prisma's numbers for column types. */
const INT64 = 1;
const DOUBLE = 3;
const TEXT = 7;

export class SqliteAdapter {
  constructor(file) {
    Object.assign(this, NAMES, { file });
  }

  /** The Node.js version that runs synthesis may not have this module, so it is loaded with the first query. */
  async connect() {
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
    const database = new DatabaseSync(this.file, { readOnly: true });
    return {
      ...NAMES,
      queryRaw: async ({ sql, args }) => queryRaw(database.prepare(sql), args),
      executeRaw: async ({ sql, args }) => database.prepare(sql).run(...args).changes,
      executeScript: async (script) => database.exec(script),
      dispose: async () => database.close(),
    };
  }
}

function queryRaw(statement, args) {
  const columnNames = statement.columns().map(({ name }) => name);
  const rows = statement.all(...args).map((row) => columnNames.map((name) => row[name]));
  return { columnNames, columnTypes: columnNames.map((_, i) => typeOf(rows.find((row) => row[i] !== null)?.[i])), rows };
}

function typeOf(value) {
  if (typeof value !== 'number') return TEXT;
  return Number.isInteger(value) ? INT64 : DOUBLE;
}
