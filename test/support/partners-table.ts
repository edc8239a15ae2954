import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynoxide } from '#test/support/dynoxide';

export type PartnersTable = {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly stop: () => Promise<void>;
};

/** The Partners table on the real engine, in memory. */
export async function aPartnersTable(): Promise<PartnersTable> {
  const engine = await startDynoxide();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'eu-west-1', credentials });
  const tableName = 'Partners';
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'contractPk', 'contractSk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'contract',
          KeySchema: [key('contractPk', 'HASH'), key('contractSk', 'RANGE')],
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
  return { documents, tableName, stop };
}
