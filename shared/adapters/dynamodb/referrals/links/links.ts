import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { isOfVersion } from '#shared/adapters/dynamodb/item-version';
import { linkChangeOfItem, linkOfItem } from '#shared/adapters/dynamodb/referrals/links/link-items';
import { listByPartner } from '#shared/adapters/dynamodb/referrals/list-by-partner';
import {
  linkChangeKey,
  linkChangesPartition,
  linkKey,
  linkListing,
  ownLinksKey,
  slugSkeletonKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { transact, type Writes } from '#shared/adapters/dynamodb/transact';
import type { LinkStore, StoredLink } from '#shared/application/tracking/ports';
import { slugSkeleton } from '#shared/domain/tracking/slug';

/**
 * Links, unique by slug in the installation, and the list of a programme's links by partner. A third item holds what the slug
 * looks like for its partner, so that of two look-alikes written at once for two partners only one is stored.
 */
export function makeLinkStore(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): LinkStore {
  const { documents, tableName: TableName } = deps;
  return {
    add: async (link, ownLimit) => {
      const puts = itemsOf(link).map((Item) => ({
        Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
      }));
      const counts = ownLimit === undefined ? [] : [countOwn(TableName, link, ownLimit)];
      const codes = await transact(documents, [...puts, claimSkeleton(TableName, link), ...counts]);
      if (codes.length === 0) return 'added';
      if (codes.slice(0, puts.length).includes('ConditionalCheckFailed')) return 'taken';
      if (codes[puts.length] === 'ConditionalCheckFailed') return 'looks_alike';
      return codes.includes('ConditionalCheckFailed') ? 'too_many' : 'contended';
    },
    find: async (slug) => {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: linkKey(slug), ConsistentRead: true }));
      return Item && linkOfItem(Item);
    },
    change: async (after, record) => {
      const puts = itemsOf(after).map((Item) => ({ Put: { TableName, Item, ...isOfVersion(record.sequence - 1) } }));
      const Item = { ...linkChangeKey(after.programId, after.slug, record.sequence), ...record };
      const kept = { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
      return (await transact(documents, [...puts, kept])).length === 0 ? 'changed' : 'contended';
    },
    changes: async (programId, slug, limit) => {
      const { Items } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': linkChangesPartition(programId, slug) },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return (Items ?? []).map(linkChangeOfItem);
    },
    list: (programId, { partnerId, ...page }) =>
      listByPartner({ documents, tableName: TableName }, linkListing(programId, partnerId), page, linkOfItem),
  };
}

/** The link under its slug, and in the list of its programme. */
function itemsOf(link: StoredLink): readonly Record<string, unknown>[] {
  const { programId, partnerId, slug } = link;
  return [linkKey(slug), linkListing(programId, partnerId, slug)].map((key) => ({ ...key, ...link }));
}

/** A partner may have several slugs that look alike: they all pay it. The first of them stays named. */
function claimSkeleton(TableName: string, { slug, programId, partnerId }: StoredLink): Writes[number] {
  return {
    Update: {
      TableName,
      Key: slugSkeletonKey(slugSkeleton(slug)),
      UpdateExpression: 'SET programId = :program, partnerId = :partner, slug = if_not_exists(slug, :slug)',
      ConditionExpression: 'attribute_not_exists(pk) OR (programId = :program AND partnerId = :partner)',
      ExpressionAttributeValues: { ':program': programId, ':partner': partnerId, ':slug': slug },
    },
  };
}

function countOwn(TableName: string, { programId, partnerId }: StoredLink, limit: number): Writes[number] {
  return {
    Update: {
      TableName,
      Key: ownLinksKey(programId, partnerId),
      UpdateExpression: 'SET made = if_not_exists(made, :none) + :one',
      ConditionExpression: 'attribute_not_exists(made) OR made < :limit',
      ExpressionAttributeValues: { ':none': 0, ':one': 1, ':limit': limit },
    },
  };
}
