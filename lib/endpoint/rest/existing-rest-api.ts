import { Annotations, Resource } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { restApiMetrics } from './rest-api-endpoint';
import type { ExistingRestApiOptions } from './rest-api-options';
import { addRestRoutes, checkIntegrationTimeout, integrationTimeout, restApiKind } from './rest-routes';
import { FrontDoor } from '../../contract/front-door';
import { AuthorizationSpec } from '../api-authorization';
import { ApiMetrics } from '../api-metrics';
import { resolveCors } from '../cors';
import { EndpointPlan, planEndpoint } from '../endpoint-plan';
import { grantExecuteApi } from '../grant';
import { IApiEndpoint } from '../i-api-endpoint';
import { Served } from '../served';
import { warnAboutTimeout } from '../timeout';

interface ExistingRestApiProps extends Served {
  /** The API. */
  readonly api: apigateway.IRestApi;

  /** What the user said of it. */
  readonly options: ExistingRestApiOptions;
}

/** Resources and methods added to a REST API that exists. Its stage, logs, media types, web ACL and domain stay as they are. */
export class ExistingRestApi extends Construct implements IApiEndpoint {
  public static frontDoor(prefixes: readonly string[], options: ExistingRestApiOptions): FrontDoor {
    return plan(prefixes, options).frontDoor;
  }

  /** The routes to the function, like `ANY /users/{proxy+}`. */
  public readonly routes: string[];

  private readonly authorizations: ReadonlyArray<AuthorizationSpec['kind']>;
  private readonly api: apigateway.IRestApi;

  constructor(scope: Construct, id: string, props: ExistingRestApiProps) {
    super(scope, id);
    const { api, options, target, prefixes } = props;
    this.api = api;
    const { routes } = plan(prefixes, options);
    warnAboutTimeout(target, integrationTimeout(options), 'the REST API', 'set integrationTimeout, which needs a raised quota, or a shorter timeout');
    addRestRoutes(this, api, target, { ...options, routes, cors: options.cors && resolveCors(options.cors), apiKeyRequired: false });
    this.routes = routes.map(({ path }) => `ANY ${path}`);
    this.authorizations = routes.map(({ authorization }) => authorization.kind);
    if (!Resource.isOwnedResource(api)) {
      Annotations.of(this).addWarningV2(
        'cdk-lazy-api:redeploy',
        'the REST API belongs to another stack, which has to deploy it again before callers see a change of its routes',
      );
    }
  }

  public get url(): string {
    return this.api.deploymentStage.urlForPath('/');
  }

  public get metrics(): ApiMetrics {
    return restApiMetrics(this.api.restApiName, this.api.deploymentStage.stageName);
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return grantExecuteApi(this, grantee, [this.api.arnForExecuteApi('*', '/*', '*')], this.authorizations);
  }
}

function plan(prefixes: readonly string[], options: ExistingRestApiOptions): EndpointPlan {
  checkIntegrationTimeout(options);
  const { routes, frontDoor } = planEndpoint(prefixes, options, {
    ...restApiKind(options.cors !== undefined),
    refusedRouteOptions: { throttle: 'is not supported: throttling belongs to the stage of the API, so set it there' },
  });
  return { routes, frontDoor: { ...frontDoor, streaming: options.streaming ?? false, cors: options.cors && resolveCors(options.cors) } };
}
