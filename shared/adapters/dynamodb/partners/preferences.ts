import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  CONTRACT_INDEX,
  preferencesContractKey,
  preferencesContractPk,
  preferencesKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { isKind } from '#shared/application/notifications/cadences';
import { type Cadence, LANGUAGES, type NoticeKind } from '#shared/application/notifications/messages';
import type { Preferences } from '#shared/application/notifications/preferences';
import type { WallTime } from '#shared/domain/time/reading-hours';

const wallTime = z.string().transform((text) => text as WallTime);

const spans = z.array(z.object({ from: instantField.optional(), until: instantField.optional() })).optional();

const storedSchema = z.object({
  recipientId: z.string(),
  // What this version does not know is left out: one reader's choices must hold up nobody else's mail.
  cadences: z
    .record(z.string(), z.enum(['now', 'daily', 'monthly', 'off']).optional().catch(undefined))
    .transform(
      (all): Partial<Record<NoticeKind, Cadence>> =>
        Object.fromEntries(Object.entries(all).filter(([kind, cadence]) => isKind(kind) && cadence !== undefined)),
    ),
  language: z.enum(LANGUAGES).optional().catch(undefined),
  timeZone: z.string().optional(),
  quietHours: z.object({ from: wallTime, to: wallTime }).optional(),
  digestHour: z.int().optional(),
  summed: z.object({ 'conversion.recorded': spans, 'conversion.held': spans }).optional(),
  salesFrom: instantField.optional(),
  version: z.int(),
  changedAt: instantField,
  changedBy: z.string(),
});

/** Choices of readers in the Partners table, an item each, and in the index by programme. */
export function makePreferences(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): Preferences {
  const { documents, tableName: TableName } = table;
  return {
    async find(programId, recipientId) {
      const Key = preferencesKey(programId, recipientId);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      if (!Item) return undefined;
      const { recipientId: _, ...choices } = storedSchema.parse(Item);
      return choices;
    },
    save: async (programId, recipientId, choices) => {
      const { version } = choices;
      const put = new PutCommand({
        TableName,
        Item: {
          ...preferencesKey(programId, recipientId),
          ...preferencesContractKey(programId, recipientId),
          recipientId,
          ...choices,
        },
        ...(version === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :before',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':before': version - 1 },
            }),
      });
      return (await ifConditionHolds(documents.send(put))) ? 'saved' : 'stale';
    },
    async *list(programId) {
      const query = {
        TableName,
        IndexName: CONTRACT_INDEX,
        KeyConditionExpression: 'contractPk = :pk',
        ExpressionAttributeValues: { ':pk': preferencesContractPk(programId) },
      };
      for await (const item of queryAll(documents, query)) {
        const { recipientId, ...choices } = storedSchema.parse(item);
        yield { recipientId, choices };
      }
    },
  };
}
