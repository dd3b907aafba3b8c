import { readFileSync } from 'node:fs';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { assetPath } from 'cdk-lazy-api/runtime';
import { PrismaClient } from '../generated/prisma/client';

export const prisma = new PrismaClient({ adapter: new PrismaLibSql({ url: ':memory:' }) });

// With a persistent database, run `prisma migrate deploy` when you deploy instead.
const migration = readFileSync(assetPath('prisma/migrations/0_init/migration.sql'), 'utf8');
for (const statement of migration.trim().split(';\n')) await prisma.$executeRawUnsafe(statement);
