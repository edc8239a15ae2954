import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynoxide } from '#test/support/dynoxide';

export type TestTable = {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
};

/** The Referrals table on the real engine, in memory. */
export async function aReferralsTable(): Promise<TestTable> {
  const engine = await startDynoxide();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'eu-west-1', credentials });
  const tableName = 'Referrals';
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'factsPk', 'factsSk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'facts',
          KeySchema: [key('factsPk', 'HASH'), key('factsSk', 'RANGE')],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const stop = async (): Promise<void> => {
    client.destroy();
    await engine.stop();
  };
  return { documents, tableName, endpoint: engine.endpoint, stop };
}
