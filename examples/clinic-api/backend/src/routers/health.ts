import type { LambdaRouter } from 'cdk-lazy-api/runtime';

const startedAt = Date.now();

/** Imports nothing, because a health check should measure the function, not the libraries of a router. */
export const handler: LambdaRouter = async () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/health+json', 'cache-control': 'no-store' },
  body: JSON.stringify({ status: 'pass', uptimeSeconds: Math.round((Date.now() - startedAt) / 1000) }),
});
