import { LocalCors } from './local-endpoint';
import { Properties } from '../assembly/template';

/** `CorsConfiguration` of an HTTP API, or `Cors` of a function URL. */
export function readCors(given: Properties | undefined): LocalCors | undefined {
  if (!given) return undefined;
  const list = (name: string) => (given[name] ?? []) as readonly string[];
  return {
    allowOrigins: list('AllowOrigins'),
    allowMethods: list('AllowMethods'),
    allowHeaders: list('AllowHeaders'),
    exposeHeaders: list('ExposeHeaders'),
    allowCredentials: given.AllowCredentials === true,
    maxAge: given.MaxAge as number | undefined,
  };
}
