import { assetPath } from 'cdk-lazy-api/runtime';
import { drizzle } from 'drizzle-orm/libsql';
import { migrate } from 'drizzle-orm/libsql/migrator';

export const db = drizzle(':memory:');

// For a database that stays, run `drizzle-kit migrate` when you deploy.
await migrate(db, { migrationsFolder: assetPath('drizzle') });
