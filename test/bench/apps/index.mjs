/**
 * The apps that are measured. An app is a project on the disk and what is asked of it:
 *
 *   { name, root, routers: [{ name, prefix, entry, kind }], requests: [{ router, event, status, includes }] }
 *
 * `kind` is how a router is called: `fetch` or `lambda`.
 */
import { clinic, scaledClinic } from './clinic.mjs';
import { empty, light, modules } from './generated.mjs';

export const APPS = {
  clinic: { describe: 'the thirty-router example', create: clinic },
  clinic100: { describe: 'the same routers, 100 of them', create: (scratch) => scaledClinic(scratch, 100) },
  clinic300: { describe: 'the same routers, 300 of them', create: (scratch) => scaledClinic(scratch, 300) },
  light: { describe: 'ten light routers without a heavy dependency', create: light },
  modules: { describe: 'thirty routers over random subsets of sixty small modules', create: modules },
  empty: { describe: 'an empty handler: what Node.js and Lambda\'s client take', create: empty },
};
