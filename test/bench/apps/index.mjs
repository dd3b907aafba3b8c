/**
 * The apps that the benchmark measures. An app is a project on the disk and its requests:
 *
 *   { name, root, routers: [{ name, prefix, entry, kind }], requests: [{ router, event, status, includes }], nodeModules, include, commonJs }
 *
 * `kind` is the kind of the routers: `fetch`, `lambda`, or `listener`. `nodeModules` lists the packages that are not bundled,
 * `include` lists those that are imported dynamically, and `commonJs` contains what CommonJS bundles of the app need.
 */
import { clinic, scaledClinic } from './clinic.mjs';
import { frameworkApp } from './frameworks.mjs';
import { empty, light, small } from './generated.mjs';
import { native } from './native.mjs';
import { shared } from './shared.mjs';

export const APPS = {
  clinic: { describe: 'the thirty-router example', create: clinic },
  clinic100: { describe: 'the same routers, 100 of them', create: (scratch) => scaledClinic(scratch, 100) },
  clinic300: { describe: 'the same routers, 300 of them', create: (scratch) => scaledClinic(scratch, 300) },
  light: { describe: 'ten light routers without a heavy dependency', create: light },
  express: { describe: 'an app of Express', create: frameworkApp('express') },
  fastify: { describe: 'an app of Fastify', create: frameworkApp('fastify') },
  shared: { describe: 'twelve routers that all need Express and Prisma', create: shared },
  native: { describe: 'ten light routers, one of them with sharp and one with bcrypt', create: native },
  small: { describe: 'thirty routers over random subsets of sixty small modules', create: small },
  empty: { describe: 'an empty handler: what Node.js and Lambda\'s client take', create: empty },
};
