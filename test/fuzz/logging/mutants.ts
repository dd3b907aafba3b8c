import { ONE_DOCUMENT, SHOWN } from './logger';
import { COUNTED } from './requests';
import { Mutant } from '../run/concern';

export const mutants: readonly Mutant[] = [
  {
    why: 'a line is as long as its fields',
    file: 'lib/runtime/logger/logger.ts', find: 'if (bytes <= MAX_LINE) return text;', replace: 'if (bytes >= 0) return text;', killedBy: ONE_DOCUMENT,
  },
  {
    why: 'the message and the level can be replaced by a field',
    file: 'lib/runtime/logger/logger.ts', find: ', ...fields, own)', replace: ', ...fields)', killedBy: SHOWN,
  },
  {
    why: 'an empty line follows each line',
    file: 'lib/runtime/logger/logger.ts', find: '+ \'\\n\');', replace: '+ \'\\n\\n\');', killedBy: ONE_DOCUMENT,
  },
  {
    why: 'a client\'s error counts as the server\'s',
    file: 'lib/runtime/report/report.ts', find: 'const failed = !(status! < 500);', replace: 'const failed = !(status! < 400);', killedBy: COUNTED,
  },
  {
    why: 'a router counts as loaded with each request',
    file: 'lib/runtime/lazy-api.ts', find: 'if (!isLoaded) flight.load', replace: 'flight.load', killedBy: COUNTED,
  },
  {
    why: 'a request is counted twice',
    file: 'lib/runtime/report/report.ts', find: 'Requests: 1', replace: 'Requests: 2', killedBy: COUNTED,
  },
  {
    why: 'a failure without everyRequest has no line',
    file: 'lib/runtime/report/report.ts', find: '!isCold && !failed && load', replace: '!isCold && load', killedBy: COUNTED,
  },
  {
    why: 'lines name the namespace of somebody else',
    file: 'lib/contract/report.ts', find: '= \'LazyApi\'', replace: '= \'AWS/Lambda\'', killedBy: COUNTED,
  },
];
