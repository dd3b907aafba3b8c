import { Annotations, Names, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Function, IFunction } from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogFormat } from './access-log';
import { ApiAuthorization } from './api-authorization';
import { IApiEndpoint } from './i-api-endpoint';
import { LazyApiError, within } from '../private/errors';
import { findConflicts } from '../routing/conflicts';
import { parsePrefix } from '../routing/prefix';
import { isProblem } from '../routing/problem';
import { routePaths } from '../routing/route-paths';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
const API_NAME_MAX_LENGTH = 128;

/** Not raisable: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const INTEGRATION_TIMEOUT_SECONDS = 30;

/**
 * Options of `ApiEndpoint.http`.
 */
export interface HttpApiEndpointOptions {
  /**
   * Who may call the API.
   *
   * @default ApiAuthorization.iam()
   */
  readonly authorization?: ApiAuthorization;

  /**
   * The API's name.
   *
   * @default - made of the construct's path
   */
  readonly apiName?: string;

  /**
   * How many requests a second API Gateway lets through, over all routes; more are answered 429.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
   * @default - the limits of the account in this region
   */
  readonly throttle?: apigwv2.ThrottleSettings;

  /**
   * Where API Gateway writes a JSON line about each request.
   *
   * @default - a log group of its own, kept for one month, and kept when the stack is deleted
   */
  readonly accessLogGroup?: logs.ILogGroup;
}

/**
 * Properties of HttpApiEndpoint.
 */
export interface HttpApiEndpointProps extends HttpApiEndpointOptions {
  /** The function behind all routes. */
  readonly target: IFunction;

  /** The path prefixes that the function serves. */
  readonly prefixes: string[];
}

/**
 * An HTTP API in front of one function, with a pair of routes for each prefix.
 */
export class HttpApiEndpoint extends Construct implements IApiEndpoint {
  /** The API. */
  public readonly httpApi: apigwv2.HttpApi;

  /** The one stage of the API, `$default`. */
  public readonly stage: apigwv2.HttpStage;

  /** Where API Gateway writes a JSON line about each request. */
  public readonly accessLogGroup: logs.ILogGroup;

  /** The URL below which the prefixes are, ending with a slash. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: HttpApiEndpointProps) {
    super(scope, id);
    within(this.node.path, () => checkPrefixes(props.prefixes));

    this.httpApi = new apigwv2.HttpApi(this, 'Api', { apiName: props.apiName ?? Names.uniqueResourceName(this, { maxLength: API_NAME_MAX_LENGTH, separator: '-' }), createDefaultStage: false });
    this.accessLogGroup = props.accessLogGroup ?? new logs.LogGroup(this, 'AccessLogs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.stage = new apigwv2.HttpStage(this, 'Stage', {
      httpApi: this.httpApi,
      autoDeploy: true,
      throttle: props.throttle,
      accessLogSettings: {
        destination: new apigwv2.LogGroupLogDestination(this.accessLogGroup),
        format: AccessLogFormat.custom(accessLogFormat()),
      },
    });
    this.url = `${this.httpApi.apiEndpoint}/`;

    warnAboutTimeout(props.target);
    this.addRoutes(props.prefixes, this.integrate(props.target), props.authorization ?? ApiAuthorization.iam());
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: [this.httpApi.arnForExecuteApi('*', '/*', this.stage.stageName)],
    });
  }

  /**
   * One integration and one permission for all routes. CDK would hang them on the first route, so that a router that sorts before it
   * would replace them, and would add a permission for each route, which breaks the 20 KB resource policy at about thirty.
   */
  private integrate(target: IFunction): apigwv2.CfnIntegration {
    target.addPermission('InvokedByApi', {
      scope: this,
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: this.httpApi.arnForExecuteApi('*', '/*', '*'),
    });
    return new apigwv2.CfnIntegration(this, 'Integration', {
      apiId: this.httpApi.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: target.functionArn,
      payloadFormatVersion: '2.0',
    });
  }

  private addRoutes(prefixes: readonly string[], integration: apigwv2.CfnIntegration, authorization: ApiAuthorization): void {
    for (const routePath of prefixes.flatMap(routePaths)) {
      // No prefix contains a space, so no two routes have one id.
      new apigwv2.CfnRoute(this, `ANY ${routePath.slice(1).replace(/\//g, ' ')}`, {
        apiId: this.httpApi.apiId,
        routeKey: `ANY ${routePath}`,
        target: `integrations/${integration.ref}`,
        authorizationType: authorization._type,
      });
    }
  }
}

/** The construct may be used without a LazyApiFunction. */
function checkPrefixes(prefixes: readonly string[]): void {
  if (prefixes.length === 0) throw new LazyApiError('PREFIXES_EMPTY', 'prefixes must name at least one path prefix, like "/users"');
  const parsed = prefixes.map((prefix) => {
    const result = parsePrefix(prefix);
    if (isProblem(result)) throw new LazyApiError(result.code, `prefixes: ${result.message}`);
    return result;
  });
  const [conflict] = findConflicts(parsed);
  if (conflict) throw new LazyApiError(conflict.code, `prefixes: ${conflict.message}`);
}

function warnAboutTimeout(target: IFunction): void {
  const timeout = target instanceof Function ? target.timeout : undefined;
  if (timeout === undefined || timeout.isUnresolved() || timeout.toSeconds() <= INTEGRATION_TIMEOUT_SECONDS) return;
  Annotations.of(target).addWarningV2(
    'cdk-lazy-api:timeoutBeyondApi',
    `timeout is ${timeout.toSeconds()} seconds, but an HTTP API waits ${INTEGRATION_TIMEOUT_SECONDS} and then answers 503 itself; set timeout to ${INTEGRATION_TIMEOUT_SECONDS - 1} seconds or less`,
  );
}
