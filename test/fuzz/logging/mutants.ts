import { NO_FORGERY, ONE_DOCUMENT, SHOWN } from './logger';
import { COUNTED } from './requests';
import { Mutant } from '../run/concern';

export const mutants: readonly Mutant[] = [
  {
    why: 'the length of a line is not limited',
    file: 'lib/runtime/logger/logger.ts', find: 'if (bytes > MAX_LINE) throw', replace: 'if (bytes < 0) throw', killedBy: ONE_DOCUMENT,
  },
  {
    why: 'a field can replace the message and the level',
    file: 'lib/runtime/logger/logger.ts', find: 'Object.hasOwn(own, name) || ', replace: '', killedBy: SHOWN,
  },
  {
    why: 'a reserved name stays at the top level',
    file: 'lib/runtime/logger/logger.ts', find: ' || MARKS.test(name)', replace: '', killedBy: NO_FORGERY,
  },
  {
    why: 'a field can have the name of a metric',
    file: 'lib/runtime/logger/logger.ts', find: ' || METRICS.test(name)', replace: '', killedBy: NO_FORGERY,
  },
  {
    why: 'a toJSON function can replace the line',
    file: 'lib/runtime/logger/logger.ts', find: 'if (typeof value === \'function\') continue;', replace: '', killedBy: NO_FORGERY,
  },
  {
    why: 'a field with the name __proto__ is lost',
    file: 'lib/runtime/logger/logger.ts', find: 'const line: Line = { __proto__: null, ...own };', replace: 'const line: Line = { ...own };', killedBy: SHOWN,
  },
  {
    why: 'an empty line follows each line',
    file: 'lib/runtime/logger/logger.ts', find: '+ \'\\n\');', replace: '+ \'\\n\\n\');', killedBy: ONE_DOCUMENT,
  },
  {
    why: 'a client error counts as a server error',
    file: 'lib/runtime/report/report.ts', find: '(status ?? 0) >= 500', replace: '(status ?? 0) >= 400', killedBy: COUNTED,
  },
  {
    why: 'every request counts as a router load',
    file: 'lib/runtime/dispatch/answerer.ts', find: 'if (!router.isReady) flight.load', replace: 'flight.load', killedBy: COUNTED,
  },
  {
    why: 'a request is counted twice',
    file: 'lib/runtime/report/report.ts', find: 'Requests: 1', replace: 'Requests: 2', killedBy: COUNTED,
  },
  {
    why: 'without everyRequest, a failure has no line',
    file: 'lib/runtime/report/report.ts', find: ' && (status ?? 500) < 500;', replace: ';', killedBy: COUNTED,
  },
  {
    why: 'lines use another namespace',
    file: 'lib/contract/metrics.ts', find: '= \'LazyApi\'', replace: '= \'AWS/Lambda\'', killedBy: COUNTED,
  },
];
