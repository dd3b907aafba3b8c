import { z } from 'zod';
import { procedure, router } from './trpc';

const names = ['Ada'];

export default router({
  byId: procedure.input(z.int()).query(({ input }) => names[input] ?? null),
  add: procedure.input(z.string().min(1)).mutation(({ input }) => names.push(input) - 1),
});
