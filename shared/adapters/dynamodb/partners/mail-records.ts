import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { expiresAfter } from '#shared/adapters/dynamodb/expires-at';
import { isOfVersion } from '#shared/adapters/dynamodb/item-version';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  CONTRACT_INDEX,
  mailProblemContractKey,
  mailProblemsContractPk,
  mailRecordKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import type { MailRecord, MailRecords } from '#shared/application/notifications/mail/mail-records';

/** What is no stop is forgotten: longer than reports on a message may be late, and than failures are counted. */
const KEPT_DAYS = 60;

const itemSchema = z.object({
  programId: z.string(),
  addressHash: z.string(),
  maskedAddress: z.string(),
  version: z.int(),
  failures: z.array(z.object({ messageId: z.string(), at: instantField })),
  stop: z
    .object({
      reason: z.enum(['bounced', 'keeps_failing', 'complained']),
      since: instantField,
      detail: z.string().optional(),
    })
    .optional(),
  lift: z.object({ at: instantField, by: z.string(), why: z.string() }).optional(),
});
const listedSchema = itemSchema.extend({ contractSk: z.string() });

/** One item an address and programme, by the hash of the address; those that are stopped are in the index too. */
export function makeMailRecords(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): MailRecords {
  const { documents, tableName: TableName } = table;
  return {
    async find(programId, addressHash) {
      const Key = mailRecordKey(programId, addressHash);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && itemSchema.parse(Item);
    },
    async save(record) {
      const put = new PutCommand({ TableName, Item: itemOf(record), ...conditionOf(record) });
      return (await ifConditionHolds(documents.send(put))) ? 'saved' : 'stale';
    },
    async stopped(programId, { cursor, limit }) {
      const before = cursor === undefined ? undefined : fromCursor(cursor);
      const page = await documents.send(
        new QueryCommand({
          TableName,
          IndexName: CONTRACT_INDEX,
          KeyConditionExpression:
            before === undefined ? 'contractPk = :pk' : 'contractPk = :pk AND contractSk < :before',
          ExpressionAttributeValues: { ':pk': mailProblemsContractPk(programId), ':before': before },
          ScanIndexForward: false,
          // One more than wanted, so that the last page is known to be the last.
          Limit: limit + 1,
        }),
      );
      const found = (page.Items ?? []).map((item) => listedSchema.parse(item));
      const items = found.slice(0, limit);
      const last = items.at(-1)?.contractSk;
      const isLast = found.length <= limit && !page.LastEvaluatedKey;
      return {
        items: items.map(({ contractSk: _contractSk, ...record }) => record),
        nextCursor: isLast || !last ? undefined : toCursor(last),
      };
    },
  };
}

function itemOf(record: MailRecord): Record<string, unknown> {
  const { programId, addressHash, stop, lift, failures } = record;
  const latest = lift?.at ?? failures.at(-1)?.at;
  return {
    ...mailRecordKey(programId, addressHash),
    ...(stop
      ? mailProblemContractKey(programId, stop.since, addressHash)
      : latest && { expiresAt: expiresAfter(latest, KEPT_DAYS) }),
    ...record,
    version: record.version + 1,
  };
}

function conditionOf({ version }: MailRecord) {
  return version === 0 ? { ConditionExpression: 'attribute_not_exists(pk)' } : isOfVersion(version);
}
