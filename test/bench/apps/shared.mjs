import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lambdaNode } from '../lambda/node.mjs';
import { project } from './project.mjs';

const PRISMA = join(import.meta.dirname, 'prisma');

/** The queries of the routers. Each router reads the database in its first request. */
const QUERIES = {
  customers: "customer.findMany({ orderBy: { name: 'asc' } })",
  logins: "customer.findUnique({ where: { email: 'ada@example.com' } })",
  newsletters: 'customer.findMany({ select: { email: true } })',
  orders: 'order.findMany({ include: { lines: true } })',
  history: 'order.findMany({ where: { customerId: 1 }, take: 10 })',
  invoices: 'order.findFirst({ include: { customer: true, lines: { include: { product: true } } } })',
  shipping: 'order.count()',
  baskets: 'orderLine.findMany({ where: { orderId: 1 } })',
  statistics: 'orderLine.aggregate({ _sum: { quantity: true } })',
  products: 'product.findMany()',
  prices: 'product.findMany({ where: { price: { gt: 400 } } })',
  search: "product.findMany({ where: { name: { contains: 'tea' } } })",
};

/** Prisma's client uses `import.meta.url`, which CommonJS does not have. With NodejsFunction, this is the usual workaround. */
const WITH_IMPORT_META = { define: { 'import.meta.url': 'importMetaUrl' }, banner: "const importMetaUrl=require('node:url').pathToFileURL(__filename).href;" };

/** Every router is an Express app that queries a database with Prisma, so lazy loading can leave out little code. */
export function shared(scratch) {
  const routers = Object.fromEntries(Object.entries(QUERIES).map(([name, query]) => [name, { kind: 'listener', source: `
    import { createApp } from '../shared/app.ts';
    import { prisma } from '../shared/prisma.ts';
    export default createApp((app) => {
      app.get('/', async (request, response) => {
        response.json({ router: '${name}', found: await prisma.${query} });
      });
    });` }]));
  const app = project(scratch, 'shared', routers, {
    'prisma/schema.prisma': readFileSync(join(PRISMA, 'schema.prisma')),
    'src/shared/sqlite-adapter.mjs': readFileSync(join(PRISMA, 'sqlite-adapter.mjs')),
    'src/shared/app.ts': `
      import express, { type Express } from 'express';
      export function createApp(addRoutes: (app: Express) => void): Express {
        const app = express();
        app.use(express.json());
        addRoutes(app);
        return app;
      }`,
    'src/shared/prisma.ts': `
      import { PrismaClient } from '../generated/client.ts';
      import { SqliteAdapter } from './sqlite-adapter.mjs';
      export const prisma = new PrismaClient({ adapter: new SqliteAdapter(${JSON.stringify(join(scratch, 'shared', 'shop.db'))}) });`,
  });
  generateClient(app.root);
  createDatabase(join(app.root, 'shop.db'));
  return { ...app, commonJs: WITH_IMPORT_META, include: ['@prisma/client'] };
}

/** The engine for migrations is not necessary. Without the path of an existing file, Prisma would download it. */
function generateClient(root) {
  const cli = join(root, 'node_modules/prisma/build/index.js');
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  execFileSync(process.execPath, [cli, 'generate', '--schema', 'prisma/schema.prisma'], { cwd: root, env, stdio: 'pipe' });
}

function createDatabase(file) {
  const script = "new (require('node:sqlite').DatabaseSync)(process.argv[1]).exec(require('node:fs').readFileSync(process.argv[2], 'utf8'))";
  execFileSync(lambdaNode('24'), ['-e', script, file, join(PRISMA, 'shop.sql')], { stdio: 'pipe' });
}
