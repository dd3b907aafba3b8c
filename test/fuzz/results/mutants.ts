import { ANY_VALUE, AS_DOCUMENTED, INFERRED, MALFORMED, RESPONSE, TOO_LARGE } from './properties';
import { Mutant } from '../run/concern';

export const mutants: readonly Mutant[] = [
  {
    why: 'any status code is accepted',
    file: 'lib/runtime/answers/to-result.ts', find: '/^[1-5]\\d\\d$/', replace: '/^/', killedBy: MALFORMED,
  },
  {
    why: 'a body that is not a string is accepted',
    file: 'lib/runtime/answers/to-result.ts', find: 'typeof (value ?? \'\') === \'string\'', replace: 'typeof (value ?? \'\') !== \'function\'', killedBy: MALFORMED,
  },
  {
    why: 'cookies can have values that are not text',
    file: 'lib/runtime/answers/to-result.ts', find: 'cookies: all(true, isText)', replace: 'cookies: all(true, isValue)', killedBy: MALFORMED,
  },
  {
    why: 'multi-value headers can have any values',
    file: 'lib/runtime/answers/to-result.ts', find: 'all(false, all(true, isValue))', replace: 'all(false, () => true)', killedBy: MALFORMED,
  },
  {
    why: 'a list is accepted as a map of headers',
    file: 'lib/runtime/answers/to-result.ts', find: '&& Array.isArray(value) === isList', replace: '&& (isList || true)', killedBy: MALFORMED,
  },
  {
    why: 'a header value with a line break is accepted',
    file: 'lib/runtime/answers/to-result.ts', find: ' && !/[\\0\\r\\n]/.test(value as string)', replace: '', killedBy: MALFORMED,
  },
  {
    why: 'a header name can be any text',
    file: 'lib/runtime/answers/to-result.ts', find: '/^[\\w!#-\'*+.^`|~-]+$/.test(name) && ', replace: '', killedBy: MALFORMED,
  },
  {
    why: 'isBase64Encoded can be any value',
    file: 'lib/runtime/answers/to-result.ts', find: 'typeof value === \'boolean\'', replace: 'true', killedBy: MALFORMED,
  },
  {
    why: 'isBase64Encoded is lost',
    file: 'lib/runtime/web/result-parts.ts', find: 'isBase64Encoded: true }', replace: 'isBase64Encoded: false }', killedBy: RESPONSE,
  },
  {
    why: 'the cookies of a Response are joined into one',
    file: 'lib/runtime/web/result-parts.ts', find: 'headers.getSetCookie()', replace: '[headers.get(\'set-cookie\') ?? []].flat()', killedBy: RESPONSE,
  },
  {
    why: 'invalid UTF-8 is replaced',
    file: 'lib/runtime/answers/text-body.ts', find: 'fatal: true', replace: 'fatal: false', killedBy: RESPONSE,
  },
  {
    why: 'a Response with any status is accepted',
    file: 'lib/runtime/fetch/from-response.ts', find: '/^[2-5]\\d\\d$/.test(String(status)) && ', replace: '', killedBy: ANY_VALUE,
  },
  {
    why: 'a result of any size is passed to Lambda',
    file: 'lib/runtime/answers/result-size.ts', find: 'if (bytes <= LAMBDA_MAX_RESULT_BYTES) return result;', replace: 'if (bytes >= 0) return result;', killedBy: TOO_LARGE,
  },
  {
    why: 'payload format 1.0 has cookies, and 2.0 has multi-value headers',
    file: 'lib/runtime/answers/to-result.ts', find: 'isHttpApi ? \'multiValueHeaders\' : \'cookies\'', replace: 'isHttpApi ? \'cookies\' : \'multiValueHeaders\'', killedBy: AS_DOCUMENTED,
  },
  {
    why: 'inferred text is quoted',
    file: 'lib/runtime/answers/to-result.ts', find: 'typeof returned === \'string\' ? returned : JSON', replace: 'JSON', killedBy: INFERRED,
  },
];
