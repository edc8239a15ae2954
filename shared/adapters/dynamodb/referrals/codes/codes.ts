import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { isOfVersion } from '#shared/adapters/dynamodb/item-version';
import {
  codeBatchItemSchema,
  codeChangeOfItem,
  codeOfItem,
} from '#shared/adapters/dynamodb/referrals/codes/code-items';
import { spreadWrites } from '#shared/adapters/dynamodb/referrals/codes/seats';
import { listByPartner } from '#shared/adapters/dynamodb/referrals/list-by-partner';
import {
  codeChangeKey,
  codeChangesPartition,
  codeKey,
  codeListing,
  createdByKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { transact, type Writes } from '#shared/adapters/dynamodb/transact';
import type { CodeReader } from '#shared/application/referrals/ports';
import type { CodeCatalogue, StoredCode } from '#shared/application/tracking/codes/code-ports';
import { canonicalCode, isMistyped } from '#shared/domain/tracking/code';

const IS_NEW = { ConditionExpression: 'attribute_not_exists(pk)' };

/** Codes, unique in the installation, the list of a programme's codes by partner, and what was changed of them by whom. */
export function makeCodeStore(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): CodeReader & CodeCatalogue {
  const { documents, tableName: TableName } = deps;
  const find = async (canonical: string): Promise<StoredCode | undefined> => {
    if (isMistyped(canonical)) return undefined;
    const { Item } = await documents.send(new GetCommand({ TableName, Key: codeKey(canonical), ConsistentRead: true }));
    return Item && codeOfItem(Item);
  };
  const putNew = (Item: Record<string, unknown>): Writes[number] => ({ Put: { TableName, Item, ...IS_NEW } });
  return {
    find,
    add: async (code, requestId) => {
      const [own, listed] = itemsOf(code) as [Record<string, unknown>, Record<string, unknown>];
      const request = { ...createdByKey(code.programId, requestId), canonical: canonicalCode(code.code) };
      const codes = await transact(documents, [own, request, listed].map(putNew));
      if (codes.length === 0) return 'added';
      if (codes[1] === 'ConditionalCheckFailed') return 'request_done';
      return codes.includes('ConditionalCheckFailed') ? 'taken' : 'contended';
    },
    addAll: async (codes) =>
      (await transact(documents, codes.flatMap(itemsOf).map(putNew))).length === 0 ? 'added' : 'refused',
    createdBy: async (programId, requestId) => {
      const { Item } = await documents.send(
        new GetCommand({ TableName, Key: createdByKey(programId, requestId), ConsistentRead: true }),
      );
      return typeof Item?.canonical === 'string' ? find(Item.canonical) : undefined;
    },
    openBatch: async (programId, requestId, batch) => {
      const Key = createdByKey(programId, requestId);
      const isFirst = ifConditionHolds(
        documents.send(new PutCommand({ TableName, Item: { ...Key, ...batch }, ...IS_NEW })),
      );
      if (await isFirst) return batch;
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return codeBatchItemSchema.parse(Item);
    },
    change: async (after, record, seats) => {
      const code = canonicalCode(after.code);
      const place = { programId: after.programId, code };
      const puts = itemsOf(after).map((Item) => ({ Put: { TableName, Item, ...isOfVersion(record.sequence - 1) } }));
      const kept = putNew({ ...codeChangeKey(after.programId, code, record.sequence), ...record });
      const spread = seats ? spreadWrites(TableName, place, seats.limit, seats.shards) : [];
      return (await transact(documents, [...puts, kept, ...spread])).length === 0 ? 'changed' : 'contended';
    },
    changes: async (programId, canonical, limit) => {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': codeChangesPartition(programId, canonical) },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.map(codeChangeOfItem);
    },
    list: (programId, { partnerId, ...page }) =>
      listByPartner({ documents, tableName: TableName }, codeListing(programId, partnerId), page, codeOfItem),
  };
}

/** The code under what is typed, and in the list of its programme. */
function itemsOf(code: StoredCode): readonly Record<string, unknown>[] {
  const canonical = canonicalCode(code.code);
  const keys = [codeKey(canonical), codeListing(code.programId, code.partnerId, canonical)];
  return keys.map((key) => ({ ...key, ...code }));
}
