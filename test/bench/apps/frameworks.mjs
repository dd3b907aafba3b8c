/** An app of a server framework that reads JSON and responds with JSON. The benchmark measures the code in front of it. */
import { project } from './project.mjs';
import { toEvent } from '../../../examples/clinic-api/demo/event.mjs';

export const FRAMEWORK_SOURCES = {
  express: `
    import express from 'express';
    const app = express();
    app.post('/items', express.json(), (request, response) => { response.status(201).json({ by: 'express', ...request.body }); });
    export default app;`,
  fastify: `
    import fastify from 'fastify';
    const app = fastify();
    app.post('/items', (request, reply) => { reply.code(201).send({ by: 'fastify', ...request.body }); });
    export default app;`,
};

export const frameworkEvent = () => toEvent({ prefix: '', method: 'POST', path: '/items', body: '{"name":"Ada","tags":["a","b"]}' });

/** The router has the prefix `/`, because adapters support no other prefix. */
export const frameworkApp = (framework) => (scratch) => {
  const app = project(scratch, framework, { [framework]: { kind: 'listener', source: FRAMEWORK_SOURCES[framework] } });
  return {
    ...app,
    routers: app.routers.map((router) => ({ ...router, prefix: '/' })),
    requests: [{ router: framework, status: 201, includes: framework, event: frameworkEvent }],
  };
};
