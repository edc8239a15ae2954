import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { isTierSchemeSk, tierSchemeKey, tierSchemesPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import {
  defaultTierScheme,
  type TierSchemeStore,
  type TierSchemeVersion,
} from '#shared/application/partners/tiers/tier-schemes';
import { tierSchemeJson, tierSchemeOf, tierSchemeSchema } from '#shared/contracts/partners/tiers/tier-scheme';

const itemSchema = z.object({
  programId: z.string(),
  version: z.int(),
  scheme: tierSchemeSchema,
  recordedAt: instantField,
  recordedBy: z.string(),
  onBehalfOf: z.string().optional(),
  reason: z.string(),
});

/** The tiers of programmes in the Partners table: an item a version, put once and never again. */
export function makeTierSchemes(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): TierSchemeStore {
  const { documents, tableName } = table;
  const newestFirst = (programId: string, before?: string) => ({
    TableName: tableName,
    KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
    ExpressionAttributeValues: {
      ':pk': tierSchemesPk(programId),
      ...(before === undefined ? {} : { ':before': before }),
    },
    ScanIndexForward: false,
    ConsistentRead: true,
  });

  return {
    async current(programId) {
      const { Items = [] } = await documents.send(new QueryCommand({ ...newestFirst(programId), Limit: 1 }));
      return Items[0] ? versionOfItem(Items[0]) : defaultTierScheme(programId);
    },
    async at(programId, instant) {
      for await (const item of queryAll(documents, newestFirst(programId))) {
        const version = versionOfItem(item);
        if (version.recorded && version.recorded.at <= instant) return version;
      }
      return defaultTierScheme(programId);
    },
    async since(programId, instant) {
      const changes = [];
      for await (const item of queryAll(documents, newestFirst(programId))) {
        const { recorded } = versionOfItem(item);
        if (!recorded || recorded.at < instant) break;
        const { by, onBehalfOf, at } = recorded;
        changes.push({ by, ...(onBehalfOf === undefined ? {} : { onBehalfOf }), at });
      }
      return changes;
    },
    add(version) {
      const put = { TableName: tableName, Item: itemOf(version), ConditionExpression: 'attribute_not_exists(pk)' };
      return ifConditionHolds(documents.send(new PutCommand(put)));
    },
    async list(programId, { cursor, limit }) {
      const before = cursor === undefined ? undefined : fromCursor(cursor, isTierSchemeSk);
      const query = { ...newestFirst(programId, before), Limit: limit };
      const { Items = [], LastEvaluatedKey } = await documents.send(new QueryCommand(query));
      const last: unknown = LastEvaluatedKey?.sk;
      return { items: Items.map(versionOfItem), nextCursor: typeof last === 'string' ? toCursor(last) : undefined };
    },
  };
}

function itemOf({ programId, version, scheme, recorded }: TierSchemeVersion): Record<string, unknown> {
  if (!recorded) throw new Error('the default is not stored: it has no version');
  const { at, by, onBehalfOf, reason } = recorded;
  return {
    ...tierSchemeKey(programId, version),
    ...{ programId, version, scheme: tierSchemeJson(scheme), recordedAt: at, recordedBy: by, reason },
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  };
}

function versionOfItem(item: Record<string, unknown>): TierSchemeVersion {
  const { programId, version, scheme, recordedAt, recordedBy, onBehalfOf, reason } = itemSchema.parse(item);
  const person = onBehalfOf === undefined ? {} : { onBehalfOf };
  return {
    programId,
    version,
    scheme: tierSchemeOf(scheme),
    recorded: { at: recordedAt, by: recordedBy, ...person, reason },
  };
}
