import type { QuotaSettings } from 'aws-cdk-lib/aws-apigateway';
import type { ApiUsagePlanOptions } from './rest-api-options';
import { checkProp, having, kindOf, listOf, objectOf, oneOf, optional } from '../../private/check';
import { all, aWholeNumberFrom, knownAtSynthesis } from '../../private/limits';
import { aThrottle } from '../throttle';

/** The highest offset of each period: https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html */
const LAST_OFFSET: { readonly [period: string]: number } = { DAY: 0, WEEK: 6, MONTH: 27 };

const aQuota = all(
  objectOf<QuotaSettings>({
    limit: aWholeNumberFrom(0),
    period: knownAtSynthesis(oneOf(...Object.keys(LAST_OFFSET))),
    ...optional({ offset: aWholeNumberFrom(0) }),
  }),
  (prop, value) => {
    const { offset, period } = value as { readonly offset?: number; readonly period: string };
    return offset === undefined ? undefined : aWholeNumberFrom(0, LAST_OFFSET[period])(`${prop}.offset with the period ${period}`, offset);
  },
);

const USAGE_PLAN = objectOf<ApiUsagePlanOptions>(optional({
  throttle: aThrottle,
  quota: aQuota,
  // A value of the wrong type may be the key itself, so errors do not show it.
  apiKeys: listOf(having('keyId', 'an IApiKey', kindOf)),
}));

export function checkUsagePlan(usagePlan: ApiUsagePlanOptions): void {
  checkProp('USAGE_PLAN', 'usagePlan', usagePlan, USAGE_PLAN);
}
