import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import { storedInstantSchema } from '#shared/adapters/dynamodb/referrals/conversion-items';
import { listByPartner } from '#shared/adapters/dynamodb/referrals/list-by-partner';
import { codeKey, codeListing, createdByKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { CodeReader } from '#shared/application/referrals/ports';
import type { CodeCatalogue, StoredCode } from '#shared/application/tracking/ports';
import { canonicalCode } from '#shared/domain/tracking/code';

const codeItemSchema = z.object({
  code: z.string(),
  programId: z.string(),
  partnerId: z.string(),
  description: z.string(),
  merchantName: z.string(),
  payeeName: z.string(),
  destination: z.string().optional(),
  validFrom: storedInstantSchema.optional(),
  validUntil: storedInstantSchema.optional(),
  disabled: z.boolean().optional(),
  maxRedemptions: z.number().optional(),
  createdAt: storedInstantSchema,
});

/** Codes, unique in the installation, and the list of a programme's codes by partner. */
export function makeCodeStore(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): CodeReader & CodeCatalogue {
  const { documents, tableName: TableName } = deps;
  const find = async (canonical: string): Promise<StoredCode | undefined> => {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: codeKey(canonical), ConsistentRead: true }));
    return Item && codeItemSchema.parse(Item);
  };
  return {
    find,
    add: async (code, requestId) => {
      const canonical = canonicalCode(code.code);
      const { programId, partnerId } = code;
      const isNew = 'attribute_not_exists(pk)';
      const puts = [
        { ...codeKey(canonical), ...code },
        { ...createdByKey(programId, requestId), canonical },
        { ...codeListing(programId, partnerId, canonical), ...code },
      ];
      try {
        await documents.send(
          new TransactWriteCommand({
            TransactItems: puts.map((Item) => ({ Put: { TableName, Item, ConditionExpression: isNew } })),
          }),
        );
        return 'added';
      } catch (error) {
        const codes = cancellationCodes(error);
        if (!codes) throw error;
        if (codes[1] === 'ConditionalCheckFailed') return 'request_done';
        return codes.includes('ConditionalCheckFailed') ? 'taken' : 'contended';
      }
    },
    createdBy: async (programId, requestId) => {
      const { Item } = await documents.send(
        new GetCommand({ TableName, Key: createdByKey(programId, requestId), ConsistentRead: true }),
      );
      return typeof Item?.canonical === 'string' ? find(Item.canonical) : undefined;
    },
    list: (programId, { partnerId, ...page }) =>
      listByPartner({ documents, tableName: TableName }, codeListing(programId, partnerId), page, (item) =>
        codeItemSchema.parse(item),
      ),
  };
}
