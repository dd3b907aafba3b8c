import { ANY_VALUE, AS_DOCUMENTED, INFERRED, MALFORMED, RESPONSE, TOO_LARGE } from './properties';
import { Mutant } from '../run/concern';

export const mutants: readonly Mutant[] = [
  {
    why: 'any status code passes',
    file: 'lib/runtime/lambda-result.ts', find: '/^[1-5]\\d\\d$/', replace: '/^/', killedBy: MALFORMED,
  },
  {
    why: 'a body that is no string passes',
    file: 'lib/runtime/lambda-result.ts', find: 'typeof (body ?? \'\') !== \'string\'', replace: 'typeof (body ?? \'\') === \'function\'', killedBy: MALFORMED,
  },
  {
    why: 'the mark of a body in base64 is lost',
    file: 'lib/runtime/fetch/from-response.ts', find: 'isBase64Encoded: true }', replace: 'isBase64Encoded: false }', killedBy: RESPONSE,
  },
  {
    why: 'cookies of a Response are joined into one',
    file: 'lib/runtime/fetch/from-response.ts', find: 'headers.getSetCookie()', replace: '[headers.get(\'set-cookie\') ?? []].flat()', killedBy: RESPONSE,
  },
  {
    why: 'invalid UTF-8 is replaced',
    file: 'lib/runtime/text.ts', find: 'fatal: true', replace: 'fatal: false', killedBy: RESPONSE,
  },
  {
    why: 'a Response without any checks is taken for one',
    file: 'lib/runtime/fetch/from-response.ts', find: 'if (!isResponse(response) || response.status < 200)', replace: 'if (!isResponse(response))', killedBy: ANY_VALUE,
  },
  {
    why: 'a result of any size is handed to Lambda',
    file: 'lib/runtime/result-size.ts', find: 'if (bytes <= LAMBDA_MAX_RESULT_BYTES) return result;', replace: 'if (bytes >= 0) return result;', killedBy: TOO_LARGE,
  },
  {
    why: 'payload format 1.0 gets cookies and 2.0 many-valued headers',
    file: 'lib/runtime/lambda-result.ts', find: '...isHttpApi ? { cookies } : { multiValueHeaders }', replace: '...isHttpApi ? { multiValueHeaders } : { cookies }', killedBy: AS_DOCUMENTED,
  },
  {
    why: 'an inferred text is quoted',
    file: 'lib/runtime/lambda-result.ts', find: 'typeof returned === \'string\' ? returned : JSON', replace: 'JSON', killedBy: INFERRED,
  },
];
