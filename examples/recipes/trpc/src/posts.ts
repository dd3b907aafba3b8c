import { procedure, router } from './trpc';

export default router({
  list: procedure.query(() => [{ title: 'Notes' }]),
});
