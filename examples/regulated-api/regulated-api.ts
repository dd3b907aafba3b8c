import * as path from 'path';
import { Duration, Names, Stack, StackProps } from 'aws-cdk-lib';
import { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HostedRotation, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';
import { ApiEndpoint, ApiWebAcl, LazyApiFunction, Routers } from 'cdk-lazy-api';

/** An API for health data: no traffic leaves the VPC, one key encrypts everything, and callers sign their requests. */
export class RegulatedApi extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const key = this.createKey();
    const vpc = this.createVpc(key);
    const credentials = this.createCredentials(key, vpc);

    const api = new LazyApiFunction(this, 'Api', {
      routers: Routers.fromDirectory(path.join(__dirname, 'routers')),
      secrets: { DB_CREDENTIALS: credentials },
      parameters: { FEATURE_FLAGS: new StringParameter(this, 'FeatureFlags', { stringValue: '{}' }) },
      endpoint: ApiEndpoint.rest({
        webAcl: ApiWebAcl.managedRules({ logGroup: this.createLogGroup('WebAclLogs', key, `aws-waf-logs-${Names.uniqueResourceName(this, {})}`) }),
        accessLogGroup: this.createLogGroup('AccessLogs', key),
        executionLogLevel: MethodLoggingLevel.ERROR,
        throttle: { rateLimit: 100, burstLimit: 50 },
        tracing: true,
      }),
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      reservedConcurrentExecutions: 50,
      monitoring: { alarmTopic: new Topic(this, 'OnCall', { masterKey: key, enforceSSL: true }) },
      environmentEncryption: key,
      logGroup: this.createLogGroup('FunctionLogs', key),
      tracing: Tracing.ACTIVE,
    });
    this.createVpcEndpoints(vpc, api);
    acknowledge(this);
  }

  private createKey(): Key {
    const key = new Key(this, 'Key', { enableKeyRotation: true, description: 'Everything of the regulated API' });
    key.grantEncryptDecrypt(new ServicePrincipal(`logs.${this.region}.amazonaws.com`));
    key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    return key;
  }

  private createLogGroup(id: string, key: Key, logGroupName?: string): LogGroup {
    return new LogGroup(this, id, { encryptionKey: key, retention: RetentionDays.ONE_YEAR, logGroupName });
  }

  /** Without a route to the internet. The function reaches AWS services through VPC endpoints. */
  private createVpc(key: Key): ec2.Vpc {
    const vpc = new ec2.Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      flowLogs: { all: { destination: ec2.FlowLogDestination.toCloudWatchLogs(this.createLogGroup('FlowLogs', key)) } },
    });
    return vpc;
  }

  /** The endpoints through which only the function reaches AWS. */
  private createVpcEndpoints(vpc: ec2.Vpc, api: LazyApiFunction): void {
    const services = { SecretsManager: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER, Ssm: ec2.InterfaceVpcEndpointAwsService.SSM };
    for (const [id, service] of Object.entries(services)) {
      vpc.addInterfaceEndpoint(id, { service, open: false }).connections.allowDefaultPortFrom(api);
    }
  }

  private createCredentials(key: Key, vpc: ec2.Vpc): Secret {
    const credentials = new Secret(this, 'DbCredentials', {
      encryptionKey: key,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ engine: 'postgres', host: 'db.clinic.internal', username: 'clinic' }),
        generateStringKey: 'password',
        excludePunctuation: true,
      },
    });
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    credentials.addRotationSchedule('Rotation', { hostedRotation: HostedRotation.postgreSqlSingleUser({ vpc, vpcSubnets }), automaticallyAfter: Duration.days(30) });
    return credentials;
  }
}
