import { Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { LazyApiBaseProps } from './base-props';
import { DEFAULT_MEMORY_MB, PropsWithDefaults, withDefaults } from './defaults';
import { Language } from './language';
import { ReportOptions } from '../contract/report-options';
import { DeliveryPlan, planDelivery } from '../delivery/delivery';
import { EndpointPlan } from '../endpoint/endpoint-plan';
import { checkEnvironmentSize } from '../function/environment';
import { checkFunctionOptions } from '../function/function-options';
import { checkSnapStart } from '../function/snap-start';
import { MonitoringPlan, planMonitoring } from '../monitoring/monitoring';
import { LazyApiError } from '../private/errors';
import { known } from '../private/tokens';
import { checkBudgetOptions } from '../routers/budgets/budgets';
import { BuildOptions } from '../routers/build';
import { RouterCode } from '../routers/router-code';
import { Warning } from '../routers/warnings/warning';
import { resolveSecrets, Secrets } from '../secrets/secrets';

/** Everything that is decided before code is built and constructs are created. */
export interface ResolvedApi {
  readonly props: PropsWithDefaults;
  readonly runtime: lambda.Runtime;
  readonly code: RouterCode;
  readonly buildOptions: BuildOptions;
  readonly endpoint: EndpointPlan;
  readonly monitoring: MonitoringPlan;
  readonly delivery: DeliveryPlan;
  readonly secrets: Secrets;
  /** The function's environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** In MB. Undefined if it is known only at deployment. */
  readonly memoryMb: number | undefined;
  /** In milliseconds. Undefined if it is known only at deployment. */
  readonly timeoutMs: number | undefined;
  readonly warnings: readonly Warning[];
}

/** Checks the props against each other and makes all plans. It reads the routers from disk, but creates no constructs and writes no files. */
export function resolveApi(scope: IConstruct, given: LazyApiBaseProps, language: Language): ResolvedApi {
  const props = withDefaults(given);
  const reports = props.requestLog._level !== undefined;
  checkFunctionOptions(given, reports, language.refusedOptions);
  checkSnapStart(given);
  const monitoring = planMonitoring(props.monitoring, reports);
  const delivery = planDelivery(props, reports);
  const secrets = resolveSecrets(Stack.of(scope).region, props);
  const { runtime, code } = language.resolve(props.architecture);
  const environment = code.environment({ ...props.environment, ...secrets.environment });
  checkEnvironmentSize(environment);
  const endpoint = props.endpoint._plan(code.routers);
  checkCapabilities(code, endpoint);
  if (props.budgets) checkBudgetOptions(props.budgets, code.routers.map(({ prefix }) => prefix));
  const entry = { traits: endpoint.traits, report: reportOptions(props, monitoring, delivery), preTraffic: delivery.shift?.verify };
  const memoryMb = known(props.memorySize);
  return {
    props,
    runtime,
    code,
    endpoint,
    monitoring,
    delivery,
    secrets,
    environment,
    memoryMb,
    timeoutMs: props.timeout.isUnresolved() ? undefined : props.timeout.toMilliseconds(),
    buildOptions: { entry, preload: props.preloadPolicy, memoryMb: memoryMb ?? DEFAULT_MEMORY_MB },
    warnings: memoryMb === undefined ? [MEMORY_SIZE_UNKNOWN] : [],
  };
}

const MEMORY_SIZE_UNKNOWN: Warning = {
  id: 'memorySizeUnknown',
  text: `memorySize is known only at deployment, so the preload plan assumes ${DEFAULT_MEMORY_MB} MB; `
    + 'pass a number, or a preloadPolicy that does not depend on it',
};

/** What the function reports. Undefined if it reports nothing. */
function reportOptions({ requestLog }: PropsWithDefaults, { options }: MonitoringPlan, { shift }: DeliveryPlan): ReportOptions | undefined {
  const level = requestLog._level;
  return level && {
    ...level,
    perRouterMetrics: options.perRouterMetrics,
    perVersionMetrics: shift?.watch !== undefined,
  };
}

/** Throws an error if the language does not support what the endpoint needs. */
function checkCapabilities({ language, canStream }: RouterCode, { traits }: EndpointPlan): void {
  if (!traits.streaming || canStream) return;
  throw new LazyApiError(
    'ENDPOINT_STREAMING',
    `endpoint: streaming is not supported for routers in ${language}, whose runtime in Lambda cannot stream; leave it out`,
  );
}
