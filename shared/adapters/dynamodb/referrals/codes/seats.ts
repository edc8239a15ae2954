import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { codeKey, SEAT_COUNTER, seatsKey, shardOf } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { transact, type Writes } from '#shared/adapters/dynamodb/transact';
import type { Seat, SeatStore } from '#shared/application/referrals/redemptions/redemption-ports';
import { type SeatShard, shardCount, shareOfShard, spreadLimit } from '#shared/domain/tracking/seats';

const shardItemSchema = z.object({ sk: z.string(), taken: z.number(), places: z.number().optional() });

type Place = { readonly programId: string; readonly code: string };

/** The counters of limited codes; the rest of their seats is in the redemptions. */
export function makeSeatStore(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): SeatStore {
  const { documents, tableName: TableName } = deps;
  return {
    shards: async (programId, code, limit) => {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :counter)',
          ExpressionAttributeValues: { ':pk': seatsKey(programId, code).pk, ':counter': SEAT_COUNTER },
          ConsistentRead: true,
        }),
      );
      return withUntouched(
        Items.map((item) => shardItemSchema.parse(item)).map(({ sk, ...rest }) => ({ ...rest, index: shardOf(sk) })),
        shardCount(limit),
        limit,
      );
    },
    rebalance: async (programId, code, limit, shards) => {
      // Whoever read the limit before it was changed must not spread the old one.
      const isStillLimit = {
        ConditionCheck: {
          TableName,
          Key: codeKey(code),
          ConditionExpression: 'maxRedemptions = :limit',
          ExpressionAttributeValues: { ':limit': limit },
        },
      };
      const TransactItems = [isStillLimit, ...spreadWrites(TableName, { programId, code }, limit, shards)];
      return (await transact(documents, TransactItems)).length === 0 ? 'done' : 'contended';
    },
  };
}

/** Shards that nobody took a seat from are not stored, and have their share of the limit for places. */
function withUntouched(stored: readonly SeatShard[], count: number, limit: number): readonly SeatShard[] {
  const known = new Map(stored.map((shard) => [shard.index, shard]));
  const indexes = new Set([...known.keys(), ...Array.from({ length: count }, (_, index) => index)]);
  return [...indexes]
    .sort((a, b) => a - b)
    .map((index) => known.get(index) ?? { index, taken: 0, places: shareOfShard(limit, index, count) });
}

/** Caps for a limit, on condition that every shard is as it was read. */
export function spreadWrites(TableName: string, place: Place, limit: number, shards: readonly SeatShard[]): Writes {
  return spreadLimit(limit, shards).map(({ index, taken, places }) => ({
    Update: {
      TableName,
      Key: seatsKey(place.programId, place.code, index),
      UpdateExpression: 'SET taken = :taken, places = :places',
      ConditionExpression: taken === 0 ? 'attribute_not_exists(taken) OR taken = :taken' : 'taken = :taken',
      ExpressionAttributeValues: { ':taken': taken, ':places': places },
    },
  }));
}

/** One seat of a shard. Its stored places count, so that whoever read it before a change cannot pass the new limit. */
export function takeWrite(TableName: string, place: Place, seat: Seat): Writes[number] {
  return {
    Update: {
      TableName,
      Key: seatsKey(place.programId, place.code, seat.index),
      UpdateExpression: 'SET taken = if_not_exists(taken, :none) + :one, places = if_not_exists(places, :places)',
      ConditionExpression:
        'taken < places OR (attribute_not_exists(places) AND (attribute_not_exists(taken) OR taken < :places))',
      ExpressionAttributeValues: { ':none': 0, ':one': 1, ':places': seat.places },
    },
  };
}

export function giveBackWrite(TableName: string, place: Place, shard: number): Writes[number] {
  return {
    Update: {
      TableName,
      Key: seatsKey(place.programId, place.code, shard),
      UpdateExpression: 'SET taken = taken - :one',
      ConditionExpression: 'taken > :none',
      ExpressionAttributeValues: { ':one': 1, ':none': 0 },
    },
  };
}
