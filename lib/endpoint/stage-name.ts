import { checkProp } from '../private/check';
import { aStringLike, knownAtSynthesis } from '../private/limits';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html */
const HTTP_STAGE = aStringLike('"$default", or at most 128 letters, digits, "-" and "_"', /^(\$default|[A-Za-z0-9_-]{1,128})$/);

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
const REST_STAGE = aStringLike('at most 128 letters, digits, "-" and "_"', /^[A-Za-z0-9_-]{1,128}$/);

const CHECKS = { http: HTTP_STAGE, rest: REST_STAGE };

/** Synthesis must know the name, because URLs and policies contain it. */
export function checkStageName(kind: keyof typeof CHECKS, stageName: string | undefined): void {
  if (stageName !== undefined) checkProp('STAGE_NAME', 'stageName', stageName, knownAtSynthesis(CHECKS[kind], 'it is a part of the URL'));
}
