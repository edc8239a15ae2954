import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import { storedInstantSchema } from '#shared/adapters/dynamodb/referrals/conversion-items';
import { listByPartner } from '#shared/adapters/dynamodb/referrals/list-by-partner';
import { linkKey, linkListing } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { LinkStore } from '#shared/application/tracking/ports';

const linkItemSchema = z.object({
  linkId: z.string(),
  slug: z.string(),
  programId: z.string(),
  partnerId: z.string(),
  destination: z.string(),
  campaign: z.string().optional(),
  createdAt: storedInstantSchema,
});

/** Links, unique by slug in the installation, and the list of a programme's links by partner. */
export function makeLinkStore(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): LinkStore {
  const { documents, tableName: TableName } = deps;
  return {
    add: async (link) => {
      const keys = [linkKey(link.slug), linkListing(link.programId, link.partnerId, link.slug)];
      try {
        await documents.send(
          new TransactWriteCommand({
            TransactItems: keys.map((key) => ({
              Put: { TableName, Item: { ...key, ...link }, ConditionExpression: 'attribute_not_exists(pk)' },
            })),
          }),
        );
        return 'added';
      } catch (error) {
        const codes = cancellationCodes(error);
        if (!codes) throw error;
        return codes.includes('ConditionalCheckFailed') ? 'taken' : 'contended';
      }
    },
    find: async (slug) => {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: linkKey(slug), ConsistentRead: true }));
      return Item && linkItemSchema.parse(Item);
    },
    list: (programId, { partnerId, ...page }) =>
      listByPartner({ documents, tableName: TableName }, linkListing(programId, partnerId), page, (item) =>
        linkItemSchema.parse(item),
      ),
  };
}
