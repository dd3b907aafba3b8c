import { assetPath } from 'cdk-lazy-api/runtime';
import { drizzle } from 'drizzle-orm/libsql';
import { migrate } from 'drizzle-orm/libsql/migrator';

export const db = drizzle(':memory:');

// With a persistent database, run `drizzle-kit migrate` when you deploy instead.
await migrate(db, { migrationsFolder: assetPath('drizzle') });
