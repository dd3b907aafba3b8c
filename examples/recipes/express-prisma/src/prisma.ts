import { readFileSync } from 'node:fs';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { assetPath } from 'cdk-lazy-api/runtime';
import { PrismaClient } from '../generated/prisma/client';

export const prisma = new PrismaClient({ adapter: new PrismaLibSql({ url: ':memory:' }) });

// For a database that stays, run `prisma migrate deploy` when you deploy.
const migration = readFileSync(assetPath('prisma/migrations/0_init/migration.sql'), 'utf8');
for (const statement of migration.trim().split(';\n')) await prisma.$executeRawUnsafe(statement);
