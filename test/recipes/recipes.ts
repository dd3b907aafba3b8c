/**
 * The recipes, and the responses of their routers.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../support/examples';
import { scratch } from '../support/project';

export const RECIPES = join(EXAMPLES, 'recipes');

export interface Exchange {
  /** Method and path. */
  readonly request: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly status?: number;
  /** The body of the response: parsed JSON, or text. */
  readonly answer: unknown;
}

/** One environment serves the requests of a recipe one after the other. */
export const exchanges: { readonly [recipe: string]: readonly Exchange[] } = {
  'express-prisma': [
    { request: 'POST /users', body: { name: 'Ada', email: 'ada@example.com' }, status: 201, answer: { id: 1, name: 'Ada', email: 'ada@example.com' } },
    { request: 'POST /posts', body: { title: 'Notes', authorId: 1 }, status: 201, answer: { id: 1, title: 'Notes', authorId: 1 } },
    { request: 'GET /users', answer: [{ id: 1, name: 'Ada', email: 'ada@example.com', posts: [{ id: 1, title: 'Notes', authorId: 1 }] }] },
    { request: 'GET /posts/1', answer: { id: 1, title: 'Notes', author: { id: 1, name: 'Ada', email: 'ada@example.com' }, authorId: 1 } },
    { request: 'GET /users/1/none', status: 404, answer: expect.stringContaining('Cannot GET /users/1/none') },
  ],
  'hono-drizzle': [
    { request: 'POST /books', body: { title: 'Middlemarch' }, status: 201, answer: { id: 1, title: 'Middlemarch' } },
    { request: 'POST /books', body: { title: '' }, status: 400, answer: expect.objectContaining({ success: false }) },
    { request: 'GET /books', answer: [{ id: 1, title: 'Middlemarch' }] },
    { request: 'PUT /loans/ada/1', status: 204, answer: '' },
    { request: 'GET /loans/ada', answer: [{ title: 'Middlemarch' }] },
  ],
  'nest': [
    { request: 'GET /cats/0', answer: { id: 0, name: 'Felix' } },
    { request: 'GET /cats/felix', status: 400, answer: expect.objectContaining({ message: 'Validation failed (numeric string is expected)' }) },
    { request: 'GET /cats/7', status: 404, answer: { message: 'Not Found', statusCode: 404 } },
    { request: 'POST /adoptions', body: { cat: 0, by: 'Ada' }, status: 201, answer: { cat: { id: 0, name: 'Felix' }, by: 'Ada' } },
  ],
  'fastify-knex': [
    { request: 'POST /rooms', body: { name: 'Library' }, status: 201, answer: { id: 1, name: 'Library' } },
    { request: 'POST /rooms', body: {}, status: 400, answer: expect.objectContaining({ message: 'body must have required property \'name\'' }) },
    { request: 'GET /rooms', answer: [{ id: 1, name: 'Library' }] },
    { request: 'PUT /bookings/2026-11-21/1', status: 204, answer: '' },
    { request: 'GET /bookings/2026-11-21', answer: [{ name: 'Library' }] },
  ],
  'trpc': [
    { request: 'POST /trpc/users.add', body: 'Grace', answer: { result: { data: 1 } } },
    { request: 'GET /trpc/users.byId,posts.list?batch=1&input=%7B%220%22%3A1%7D', answer: [{ result: { data: 'Grace' } }, { result: { data: [{ title: 'Notes' }] } }] },
    { request: 'GET /trpc/users.byId?input=%22one%22', status: 400, answer: { error: expect.objectContaining({ code: -32600 }) } },
    { request: 'GET /admin/initialization', answer: { result: { data: 'on-demand' } } },
  ],
  'graphql-yoga': [
    { request: 'POST /graphql', body: { query: 'mutation { addBook(title: "Emma") { title } }' }, answer: { data: { addBook: { title: 'Emma' } } } },
    { request: 'GET /graphql?query=%7Bbooks%7Btitle%7D%7D', answer: { data: { books: [{ title: 'Middlemarch' }, { title: 'Emma' }] } } },
    { request: 'POST /graphql', body: { query: '{ nothing }' }, answer: { errors: [expect.objectContaining({ message: 'Cannot query field "nothing" on type "Query".' })] } },
    { request: 'GET /health', answer: { status: 'ok' } },
  ],
};

export const recipes = readdirSync(RECIPES, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'node_modules').map(({ name }) => name);

/** Returns the recipe's asset for each endpoint. Runs the app as its README says, but without the CDK CLI. */
export function assetsOf(recipe: string): { readonly [endpoint: string]: string } {
  const register = ['-r', 'ts-node/register/transpile-only', '-r', join(__dirname, 'behind-every-endpoint.cjs')];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...register, 'app.ts'], {
    cwd: join(RECIPES, recipe),
    encoding: 'utf8',
    env: { ...process.env, CDK_OUTDIR: join(scratch(), 'cdk.out'), TS_NODE_PROJECT: join(EXAMPLES, 'tsconfig.json') },
  });
  if (status !== 0) throw new Error(`${recipe}/app.ts fails: ${stderr}`);
  return JSON.parse(stdout) as { readonly [endpoint: string]: string };
}

/** Counts the lines that the author of a recipe writes: the app, the routers, and the files that they share. */
export function linesOf(recipe: string): number {
  const sources = (readdirSync(join(RECIPES, recipe, 'src'), { recursive: true }) as string[]).filter((file) => file.endsWith('.ts')).map((file) => join('src', file));
  return ['app.ts', ...sources].reduce((lines, file) => lines + readFileSync(join(RECIPES, recipe, file), 'utf8').trimEnd().split('\n').length, 0);
}

export function run(command: string, args: readonly string[]): void {
  // Prisma downloads its schema engine for migrations only. Generating the client does not use it.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(RECIPES, 'node_modules', command), ...args], { cwd: RECIPES, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} fails: ${stdout}${stderr}`);
}
