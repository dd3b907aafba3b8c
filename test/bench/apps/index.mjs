/**
 * The apps that are measured. An app is a project on the disk and what is asked of it:
 *
 *   { name, root, routers: [{ name, prefix, entry, kind }], requests: [{ router, event, status, includes }] }
 *
 * `kind` is how a router is called: `fetch`, `lambda` or `listener`.
 */
import { clinic, scaledClinic } from './clinic.mjs';
import { frameworkApp } from './frameworks.mjs';
import { empty, light, modules } from './generated.mjs';

export const APPS = {
  clinic: { describe: 'the thirty-router example', create: clinic },
  clinic100: { describe: 'the same routers, 100 of them', create: (scratch) => scaledClinic(scratch, 100) },
  clinic300: { describe: 'the same routers, 300 of them', create: (scratch) => scaledClinic(scratch, 300) },
  light: { describe: 'ten light routers without a heavy dependency', create: light },
  modules: { describe: 'thirty routers over random subsets of sixty small modules', create: modules },
  express: { describe: 'an app of Express', create: frameworkApp('express') },
  fastify: { describe: 'an app of Fastify', create: frameworkApp('fastify') },
  empty: { describe: 'an empty handler: what Node.js and Lambda\'s client take', create: empty },
};
