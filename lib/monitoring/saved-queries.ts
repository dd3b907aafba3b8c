import { ILogGroup, QueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LogQuery, SAVED_QUERIES } from './queries';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html */
const MAX_NAME = 255;

/** Creates the queries in a folder for this construct. */
export function createSavedQueries(scope: Construct, logGroup: ILogGroup): void {
  const folder = new Construct(scope, 'Queries');
  for (const query of SAVED_QUERIES) {
    new QueryDefinition(folder, constructId(query), {
      queryDefinitionName: `${scope.node.path}/${query.name}`.slice(-MAX_NAME),
      queryString: query.query,
      logGroups: [logGroup],
    });
  }
}

function constructId({ name }: LogQuery): string {
  return name.split(' ').map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}
