import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AlarmSeverity, ApiAuthorization, ApiEndpoint, LazyApiFunction, Routers } from 'cdk-lazy-api';

const app = new App();
const stack = new Stack(app, 'NotesApi');

const notes = new TableV2(stack, 'Notes', { partitionKey: { name: 'id', type: AttributeType.STRING } });

const api = new LazyApiFunction(stack, 'Api', {
  routers: Routers.fromDirectory('../routers', {
    basePath: '/api',
    overrides: { health: { preload: true } },
  }),
  endpoint: ApiEndpoint.http({
    authorization: ApiAuthorization.jwt({ issuer: 'https://login.example.com/', audience: ['notes'] }),
    routes: { '/api/health': { authorization: ApiAuthorization.none() } },
  }),
  environment: { NOTES_TABLE: notes.tableName },
  secrets: { SEARCH_KEY: Secret.fromSecretNameV2(stack, 'SearchKey', 'notes/search-key') },
  budgets: { routerBytes: 200_000 },
  monitoring: {
    alarmTopic: new Topic(stack, 'Alarms'),
    alarmOverrides: { duration: { threshold: 2000, severity: AlarmSeverity.CRITICAL } },
  },
});

notes.grantReadWriteData(api);
