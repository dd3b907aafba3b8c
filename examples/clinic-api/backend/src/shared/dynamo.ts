import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

export interface Item {
  pk: string;
  sk: string;
}

let client: DynamoDBDocumentClient | undefined;
const dynamo = () => (client ??= DynamoDBDocumentClient.from(new DynamoDBClient()));

/** An append-only DynamoDB table. Without a table name, the items are kept in memory. */
export class ItemTable<T extends Item> {
  constructor(
    private readonly tableName: string | undefined,
    private readonly memory: T[] = [],
  ) {}

  async put(item: T): Promise<void> {
    if (!this.tableName) {
      this.memory.push(item);
      return;
    }
    await dynamo().send(new PutCommand({ TableName: this.tableName, Item: item }));
  }

  /** Returns the newest items first. */
  async query(pk: string, limit = 50): Promise<T[]> {
    if (!this.tableName) {
      const items = this.memory.filter((item) => item.pk === pk);
      return items.sort((a, b) => b.sk.localeCompare(a.sk)).slice(0, limit);
    }
    const { Items = [] } = await dynamo().send(
      new QueryCommand({
        TableName: this.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return Items as T[];
  }
}
