import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ApiAuthorization, ApiEndpoint, LazyPythonApiFunction, PythonRouters } from 'cdk-lazy-api';

const app = new App();
const stack = new Stack(app, 'FastApiNotes');

const notes = new TableV2(stack, 'Notes', { partitionKey: { name: 'id', type: AttributeType.STRING } });

const api = new LazyPythonApiFunction(stack, 'Api', {
  entry: '../backend',
  app: 'main:app',
  routers: PythonRouters.fromDirectory('../backend/api', { basePath: '/api' }),
  endpoint: ApiEndpoint.http({
    authorization: ApiAuthorization.jwt({ issuer: 'https://login.example.com/', audience: ['notes'] }),
  }),
  environment: { NOTES_TABLE: notes.tableName },
  secrets: { SEARCH_KEY: Secret.fromSecretNameV2(stack, 'SearchKey', 'notes/search-key') },
  budgets: { routerBytes: 10_000_000 },
});

notes.grantReadWriteData(api);
