import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { User } from './auth';
import { Problem } from './problem';

export interface Env {
  Variables: { user: User };
}

/** The Hono app that every router starts from. Every error becomes a problem+json response. */
export function createRouter(): Hono<Env> {
  const app = new Hono<Env>();
  app.notFound((c) => new Problem(404, `No ${c.req.method} ${c.req.path} here`).toResponse());
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse();
    if (error instanceof HTTPException) return new Problem(error.status, error.message).toResponse();
    console.error(error);
    return new Problem(500, 'The request failed; its details are in the log').toResponse();
  });
  return app;
}
