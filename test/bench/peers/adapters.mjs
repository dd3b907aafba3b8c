/** Sources of entries that connect one app of a server framework to Lambda: with an adapter, or with the library's listener part. */

const LISTENER_PART = `import { createLazyApi } from 'cdk-lazy-api/runtime/entry';
import * as listenerPart from 'cdk-lazy-api/runtime/listener';
const create = (module) => createLazyApi({ routes: [{ prefix: '/', load: async () => module }] }, {}, { listener: async () => listenerPart });
export const { handler, init } = create({ default: app });
await init({ base: '', chunks: [], routers: ['/'], fetch: false });`;

/** A rehearsed request to a listener that only echoes. */
const REHEARSED = `
const context = { awsRequestId: '', getRemainingTimeInMillis: () => 1000 };
const requestContext = { http: { method: 'POST' }, domainName: 'localhost' };
await create({ listener: (request, response) => {
  response.setHeader('content-type', 'application/json');
  request.pipe(response);
} }).handler({ version: '2.0', routeKey: '$default', rawPath: '/', headers: { 'content-type': 'application/json' }, requestContext, body: '{}' }, context);`;

export const ADAPTERS = {
  listenerPart: { describe: 'this library\'s listener part, one minified ESM file', source: LISTENER_PART },
  listenerRehearsed: { describe: 'the same, with a rehearsed request in INIT', source: LISTENER_PART + REHEARSED },
  serverlessHttp: {
    describe: 'serverless-http, one minified ESM file',
    source: `import serverless from 'serverless-http';
export const handler = serverless(app);
await app.ready?.();`,
  },
  serverlessExpress: {
    describe: '@codegenie/serverless-express, one minified ESM file',
    source: `import serverlessExpress from '@codegenie/serverless-express';
export const handler = serverlessExpress({ app });`,
  },
  fastifyLambda: {
    describe: '@fastify/aws-lambda, one minified ESM file',
    source: `import awsLambdaFastify from '@fastify/aws-lambda';
export const handler = awsLambdaFastify(app);
await app.ready();`,
  },
};

/** The entry of an application whose only router is the app. */
export function adapterSource({ routers: [{ entry }] }, adapter) {
  return `import app from ${JSON.stringify(`./${entry}`)};\n${ADAPTERS[adapter].source}\n`;
}
