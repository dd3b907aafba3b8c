import { lazy } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { router } from '../trpc';

const app = router({
  users: lazy(() => import('../users')),
  posts: lazy(() => import('../posts')),
});

export type AppRouter = typeof app;

export default { fetch: (req: Request) => fetchRequestHandler({ endpoint: '/', req, router: app }) };
