import { CfnOutput } from 'aws-cdk-lib';
import type { IRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { ILambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LazyApiBaseProps } from './base-props';
import { buildCode } from './build-code';
import { checkProps, readProps } from './check-props';
import { leaveDescription } from './describe-api';
import { Language } from './language';
import { ResolvedApi, resolveApi } from './resolve-api';
import { ApiManifest } from '../contract/manifest';
import { createDelivery } from '../delivery/delivery';
import { httpApiOf, restApiOf } from '../endpoint/api-of';
import { IApiEndpoint } from '../endpoint/i-api-endpoint';
import { createFunction, functionLogGroup } from '../function/create-function';
import { LazyApiMetrics } from '../monitoring/lazy-api-metrics';
import { createMonitoring, Monitoring } from '../monitoring/monitoring';
import { PlatformMetrics } from '../monitoring/platform-metrics';
import { within } from '../private/errors';
import { stagedPathOf } from '../private/stage-code';
import { warn } from '../private/warn';

/**
 * The construct for routers in any language: the function, its alias, the endpoint, and monitoring.
 * @internal a hidden base class: users see its members as those of the construct for their language
 */
export abstract class LazyApiBase extends Construct implements IGrantable, IConnectable {
  /** The function that serves all routers. To invoke it, use `alias`, as the API does. */
  public readonly function: lambda.Function;

  /** The alias `live`, which the API points to. It points to the current version of the function. */
  public readonly alias: lambda.Alias;

  /**
   * The CodeDeploy deployment group that moves traffic to new versions. Undefined if CloudFormation moves the traffic, as with `Rollout.allAtOnce()`.
   */
  public readonly deploymentGroup?: ILambdaDeploymentGroup;

  /** The endpoint in front of the function. */
  public readonly endpoint: IApiEndpoint;

  /** The function's log group. */
  public readonly logGroup: ILogGroup;

  /** The metrics that the function itself reports. */
  public readonly metrics: LazyApiMetrics;

  /** The alarms, by the same names as in `monitoring.alarmOverrides`. */
  public readonly alarms: { [name: string]: Alarm };

  /** The dashboard. Undefined if there is none. */
  public readonly dashboard?: Dashboard;

  /** The path prefixes of all routers, sorted. */
  public readonly prefixes: string[];

  /** Describes what was built. Undefined if this synthesis skips bundling, for example for a stack that is not being deployed. */
  public readonly manifest?: ApiManifest;

  /** The absolute path of the function's code in `cdk.out`, for use by tools. Undefined if this synthesis skips bundling. */
  public readonly assetPath?: string;

  protected constructor(scope: Construct, id: string, props: LazyApiBaseProps, language: Language) {
    super(scope, id);
    const { api, deployable } = within(this.node.path, () => {
      checkProps(props, language);
      const resolved = resolveApi(this, readProps(props), language);
      return { api: resolved, deployable: buildCode(this, resolved) };
    });
    this.prefixes = api.code.routers.map(({ prefix }) => prefix);
    this.manifest = deployable.built?.manifest;

    this.logGroup = functionLogGroup(this, api.props.logGroup);
    this.function = createFunction(this, {
      options: { ...api.props, paramsAndSecrets: api.secrets.paramsAndSecrets },
      handler: api.code.handler,
      code: deployable.code,
      runtime: api.runtime,
      environment: api.environment,
      logGroup: this.logGroup,
    });
    if (deployable.built) {
      this.assetPath = stagedPathOf(this.function);
      leaveDescription(this, { api, function: this.function, assetPath: this.assetPath, ...deployable.built });
    }
    api.secrets.grantRead(this.function);
    const { alias, deploymentGroup } = createDelivery(this, this.function, api.delivery);
    this.alias = alias;
    this.deploymentGroup = deploymentGroup;
    this.endpoint = within(this.node.path, () => api.endpoint.bind(this, alias));
    this.metrics = this.createMetrics(api);
    const { alarms, dashboard } = this.createMonitoring(api);
    this.alarms = alarms;
    this.dashboard = dashboard;

    if (api.props.urlOutput ?? api.endpoint.urlOutput) new CfnOutput(this, 'Url', { value: this.endpoint.url });
    [...api.warnings, ...deployable.warnings].forEach((warning) => warn(this, warning.id, warning.text));
  }

  /** The base URL of the API, with a trailing slash. */
  public get url(): string {
    return this.endpoint.url;
  }

  /** The HTTP API in front of the function, new or existing. Undefined if the endpoint is of another kind. */
  public get httpApi(): IHttpApi | undefined {
    return httpApiOf(this.endpoint);
  }

  /** The REST API in front of the function, new or existing. Undefined if the endpoint is of another kind. */
  public get restApi(): IRestApi | undefined {
    return restApiOf(this.endpoint);
  }

  /** The principal of the function's role. */
  public get grantPrincipal(): IPrincipal {
    return this.function.grantPrincipal;
  }

  /** The network connections of the function. Throws an error if the function is not in a VPC. */
  public get connections(): Connections {
    return this.function.connections;
  }

  /** Allows an IAM principal to call the routers of this API. This has an effect only on routers with IAM authorization. */
  public grantInvoke(grantee: IGrantable): Grant {
    return this.endpoint.grantInvoke(grantee);
  }

  private createMetrics({ buildOptions, props }: ResolvedApi): LazyApiMetrics {
    const platform = new PlatformMetrics(this, this.logGroup, this.function, props.systemLogLevelV2);
    const { function: fn, prefixes } = this;
    return LazyApiMetrics._from({ function: fn, report: buildOptions.entry.report, prefixes, platform, snapStart: props.snapStart !== undefined });
  }

  private createMonitoring({ monitoring, memoryMb, timeoutMs, props }: ResolvedApi): Monitoring {
    return createMonitoring(this, monitoring, {
      metrics: this.metrics,
      function: this.function,
      logGroup: this.logGroup,
      prefixes: this.prefixes,
      manifest: this.manifest,
      timeout: timeoutMs,
      memory: memoryMb,
      reservedConcurrency: props.reservedConcurrentExecutions,
      provisioned: props.provisionedConcurrency !== undefined,
    });
  }
}
