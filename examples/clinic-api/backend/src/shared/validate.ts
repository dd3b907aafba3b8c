import type { MiddlewareHandler } from 'hono';
import { validator } from 'hono/validator';
import * as z from 'zod';
import { Problem } from './problem';
import type { Env } from './router';

type Validated<Target extends string, S extends z.ZodType> = MiddlewareHandler<
  Env,
  string,
  { in: Record<Target, z.input<S>>; out: Record<Target, z.output<S>> }
>;

export function parse<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, detail: message }));
  throw new Problem(422, `The ${where} is not valid`, { errors });
}

export const json = <S extends z.ZodType>(schema: S): Validated<'json', S> =>
  validator('json', (value) => parse(schema, value, 'body')) as Validated<'json', S>;

export const query = <S extends z.ZodType>(schema: S): Validated<'query', S> =>
  validator('query', (value) => parse(schema, value, 'query string')) as Validated<'query', S>;
