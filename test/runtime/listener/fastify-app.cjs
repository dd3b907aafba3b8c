/**
 * A Fastify app. As a program, it prints the responses of its Lambda adapter to the given events. Jest cannot load the modules that `inject`
 * requires.
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const BYTES = Buffer.from([0x89, 0x50, 0, 255, 254]);

function fastifyApp(requireFramework) {
  const app = requireFramework('fastify')();
  app.get('/bytes', (_, reply) => reply.send(BYTES));
  app.get('/image', (_, reply) => reply.type('image/png').send(BYTES));
  app.get('/items/:id', async ({ params, query, headers }) => ({ params, query, requestId: headers['x-request-id'] ?? '' }));
  return app;
}

async function answerAll(events) {
  const requireFramework = createRequire(join(__dirname, '../../frameworks/package.json'));
  const handler = requireFramework('@fastify/aws-lambda')(fastifyApp(requireFramework));
  const results = [];
  for (const event of events) results.push(await handler(event, {}));
  process.stdout.write(JSON.stringify(results));
}

module.exports = { fastifyApp };
if (require.main === module) void answerAll(JSON.parse(process.argv[2]));
