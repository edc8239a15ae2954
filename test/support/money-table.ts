import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynoxide } from '#test/support/dynoxide';
import type { TestTable } from '#test/support/referrals-table';

/** The Money table on the real engine, in memory. */
export async function aMoneyTable(): Promise<TestTable> {
  const engine = await startDynoxide();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'eu-west-1', credentials });
  const tableName = 'Money';
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  const index = (IndexName: string, pk: string, sk: string) => ({
    IndexName,
    KeySchema: [key(pk, 'HASH'), key(sk, 'RANGE')],
    Projection: { ProjectionType: 'ALL' as const },
  });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'contractPk', 'contractSk', 'periodPk', 'periodSk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      GlobalSecondaryIndexes: [
        index('contract', 'contractPk', 'contractSk'),
        index('by-period', 'periodPk', 'periodSk'),
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
