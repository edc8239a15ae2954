import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  agreementRecordOfItem,
  componentsOfItem,
  registerOfItem,
  textOfItem,
} from '#shared/adapters/dynamodb/partners/agreement-items';
import {
  agreementRecordPrefix,
  agreementRecordsPk,
  agreementTextKey,
  componentsKey,
  exclusivitiesKey,
  type Key,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { AgreementReads, AgreementRecord } from '#shared/application/partners/agreement-ports';

/** What belongs to agreements beside the terms themselves; each read by key or by its version's records, consistently. */
export function makeAgreementReads(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): AgreementReads {
  const { documents, tableName } = table;
  const get = async (key: Key): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }))).Item;

  return {
    async components(programId, partnerId, planVersion) {
      const item = await get(componentsKey(programId, partnerId, planVersion));
      return item && componentsOfItem(item);
    },
    async agreementText(programId, partnerId, agreementId) {
      const item = await get(agreementTextKey(programId, partnerId, agreementId));
      return item && textOfItem(item);
    },
    async agreementRecords(programId, partnerId, agreementId) {
      const records: AgreementRecord[] = [];
      const items = queryAll(documents, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: {
          ':pk': agreementRecordsPk(programId, partnerId),
          ':prefix': agreementRecordPrefix(agreementId),
        },
      });
      for await (const item of items) records.push(agreementRecordOfItem(item));
      return records;
    },
    exclusivities: async (programId) => registerOfItem(await get(exclusivitiesKey(programId))),
  };
}
