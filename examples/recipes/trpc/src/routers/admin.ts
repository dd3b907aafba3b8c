import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { procedure, router } from '../trpc';

const admin = router({
  initialization: procedure.query(() => process.env.AWS_LAMBDA_INITIALIZATION_TYPE ?? 'none'),
});

export default { fetch: (req: Request) => fetchRequestHandler({ endpoint: '/', req, router: admin }) };
