import { Annotations, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { ILambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { checkBudgetOptions } from './routers/budgets';
import { BundleSpec, specifyBundle } from './languages/javascript/bundle';
import { isExternal } from './languages/javascript/check-options';
import { EsbuildBundler } from './languages/javascript/esbuild';
import { PreloadPolicy } from './routers/preload-policy';
import { Verify } from './routers/verification/verify';
import { checkProps } from './check-props';
import { ApiManifest } from './contract/manifest';
import { createDelivery, planDelivery } from './delivery/delivery';
import { ApiEndpoint } from './endpoint/api-endpoint';
import { IApiEndpoint } from './endpoint/i-api-endpoint';
import { bundleCode, BundledCode } from './function/code';
import { createFunction, DEFAULT_ARCHITECTURE, DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT, functionLogGroup } from './function/create-function';
import { functionEnvironment, plausibleEnvironment, refuseLargeEnvironment } from './function/environment';
import { refuseOptions } from './function/function-options';
import { nodeMajor } from './languages/javascript/node-version';
import { LazyApiFunctionProps } from './lazy-api-function-props';
import { LazyApiMetrics } from './monitoring/lazy-api-metrics';
import { createMonitoring, planMonitoring } from './monitoring/monitoring';
import { PlatformMetrics } from './monitoring/platform-metrics';
import { RequestLog } from './monitoring/request-log';
import { within } from './private/errors';
import { known } from './private/tokens';
import { resolveSecrets } from './secrets/secrets';

/**
 * One Lambda function behind one API, with many routers, of which a cold start loads the one that the request needs.
 */
export class LazyApiFunction extends Construct implements IGrantable, IConnectable {
  /** The function that serves all routers. Invoke it by `alias`, as the API does. */
  public readonly function: lambda.Function;

  /** The alias `live`: the version of the function that the API points to. */
  public readonly alias: lambda.Alias;

  /** What moves traffic to a new version. Undefined where CloudFormation does it: `Rollout.allAtOnce()`. */
  public readonly deploymentGroup?: ILambdaDeploymentGroup;

  /** The API in front of the function. */
  public readonly endpoint: IApiEndpoint;

  /** The function's log group. */
  public readonly logGroup: ILogGroup;

  /** What the function reports of itself. */
  public readonly metrics: LazyApiMetrics;

  /** The alarms, by the names that `monitoring.alarmOverrides` has. */
  public readonly alarms: { [name: string]: Alarm };

  /** The dashboard. Undefined where there is none. */
  public readonly dashboard?: Dashboard;

  /** The path prefixes of all routers, sorted. */
  public readonly prefixes: string[];

  /** What was built. Undefined where this synthesis skips bundling, as for a stack that is not deployed. */
  public readonly manifest?: ApiManifest;

  constructor(scope: Construct, id: string, props: LazyApiFunctionProps) {
    super(scope, id);
    within(this.node.path, () => checkProps(props));
    const endpoint = props.endpoint ?? ApiEndpoint.http();
    const resolved = within(this.node.path, () => this.resolve(props, endpoint));
    const { spec, bundled, secrets } = resolved;
    this.prefixes = spec.routers.map(({ prefix }) => prefix);
    this.manifest = bundled.manifest;

    this.logGroup = functionLogGroup(this, props.logGroup);
    const { paramsAndSecrets } = secrets;
    this.function = createFunction(this, { ...props, paramsAndSecrets }, { ...resolved, code: bundled.code, logGroup: this.logGroup });
    secrets.grantRead(this.function);

    const { alias, deploymentGroup } = createDelivery(this, this.function, resolved.delivery);
    this.alias = alias;
    this.deploymentGroup = deploymentGroup;
    this.endpoint = within(this.node.path, () => endpoint._bind(this, alias, this.prefixes));

    const platform = new PlatformMetrics(this, this.logGroup, this.function, props.systemLogLevelV2);
    this.metrics = LazyApiMetrics._from({ function: this.function, report: spec.report, prefixes: this.prefixes, platform });
    const { alarms, dashboard } = createMonitoring(this, resolved.monitoring, {
      metrics: this.metrics,
      function: this.function,
      logGroup: this.logGroup,
      prefixes: this.prefixes,
      manifest: this.manifest,
      timeout: knownTimeout(props.timeout),
      memory: props.memorySize === undefined ? DEFAULT_MEMORY_MB : known(props.memorySize),
      reservedConcurrency: props.reservedConcurrentExecutions,
      provisioned: props.provisionedConcurrency !== undefined,
    });
    this.alarms = alarms;
    this.dashboard = dashboard;

    if (props.urlOutput ?? endpoint._urlOutput) new CfnOutput(this, 'Url', { value: this.endpoint.url });
  }

  /** The API's URL, ending with a slash. */
  public get url(): string {
    return this.endpoint.url;
  }

  /** The principal of the function's role. */
  public get grantPrincipal(): IPrincipal {
    return this.function.grantPrincipal;
  }

  /** The function's network connections. Fails unless the function is in a VPC. */
  public get connections(): Connections {
    return this.function.connections;
  }

  /** Allows somebody to call this API, and no other. */
  public grantInvoke(grantee: IGrantable): Grant {
    return this.endpoint.grantInvoke(grantee);
  }

  private resolve(props: LazyApiFunctionProps, endpoint: ApiEndpoint) {
    const level = (props.requestLog ?? RequestLog.everyRequest())._level;
    const reports = level !== undefined;
    refuseOptions(props, reports);
    const monitoring = planMonitoring(props.monitoring ?? {}, reports);
    const delivery = planDelivery(props, reports);
    const runtime = props.runtime ?? lambda.Runtime.NODEJS_24_X;
    const major = nodeMajor(runtime);
    const secrets = resolveSecrets(this, props, props.architecture ?? DEFAULT_ARCHITECTURE);
    const environment = functionEnvironment({ ...props.environment, ...secrets.environment }, props.bundling?.sourceMap);
    refuseLargeEnvironment(environment);
    const bundle = specifyBundle(props.routers, props.bundling ?? {}, {
      target: `node${major}`,
      preload: props.preloadPolicy ?? PreloadPolicy.memoryAware(),
      memoryMb: this.plannedMemory(props.memorySize),
    });
    const spec: BundleSpec = {
      ...bundle,
      traits: endpoint._frontDoor(bundle.routers.map(({ prefix }) => prefix)),
      report: level && {
        ...level,
        perRouterMetrics: props.monitoring?.perRouterMetrics ?? false,
        perVersionMetrics: delivery.shift?.watch !== undefined,
      },
      preTraffic: delivery.shift?.verify,
      budgets: props.budgets,
    };
    if (props.budgets) checkBudgetOptions(props.budgets, bundle.routers.map(({ prefix }) => prefix));
    const plausible = plausibleEnvironment(environment);
    const bundled: BundledCode = bundleCode(this, spec, props.verify ?? Verify.atSynth(), {
      lookupDirectory: spec.lookupDirectory,
      nodeMajor: major,
      environment: { ...knownRegion(this), ...plausible.environment },
      standIns: plausible.standIns,
      timeoutMs: knownTimeout(props.timeout),
    }, new EsbuildBundler());
    this.warn(bundled, props);
    return { spec, bundled, runtime, environment, secrets, monitoring, delivery };
  }

  private warn({ coldStartWarnings, warnings, externals }: BundledCode, props: LazyApiFunctionProps): void {
    coldStartWarnings.forEach(({ id, text }) => Annotations.of(this).addWarningV2(`cdk-lazy-api:${id}`, text));
    warnings.forEach((warning) => Annotations.of(this).addWarningV2('cdk-lazy-api:bundling', warning));
    this.warnAboutExternals(externals, props);
  }

  /** Verification finds external modules in the project; Lambda has only its own AWS SDK and what layers bring. */
  private warnAboutExternals(externals: readonly string[], { bundling, layers }: LazyApiFunctionProps): void {
    const missing = externals.filter((name) => isExternal(name, bundling?.externalModules) && !/^@(aws-sdk|smithy)\//.test(name));
    if (missing.length === 0 || (layers ?? []).length > 0) return;
    Annotations.of(this).addWarningV2(
      'cdk-lazy-api:externalWithoutLayer',
      `${missing.join(', ')}: external to the bundle, and the function has no layer; routers that import it answer 500 unless Lambda has it`,
    );
  }

  private plannedMemory(memorySize: number | undefined): number {
    const memory = known(memorySize);
    if (memorySize !== undefined && memory === undefined) {
      Annotations.of(this).addWarningV2(
        'cdk-lazy-api:memorySizeUnknown',
        `memorySize is known only at deployment, so the preload plan is made for ${DEFAULT_MEMORY_MB} MB; pass a number, or a preloadPolicy that does not depend on it`,
      );
    }
    return memory ?? DEFAULT_MEMORY_MB;
  }
}

function knownRegion(scope: Construct): { readonly [name: string]: string } {
  const region = known(Stack.of(scope).region);
  return region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

function knownTimeout(timeout: Duration = DEFAULT_TIMEOUT): number | undefined {
  return timeout.isUnresolved() ? undefined : timeout.toMilliseconds();
}
