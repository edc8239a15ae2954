import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { SEAT, seatKey, seatsKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { Writes } from '#shared/adapters/dynamodb/transact';
import type { Redemption } from '#shared/application/referrals/redemptions/redemption-ports';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';

/**
 * Reservations from before there were shards: an item each beside the one counter, kept open or closed. They end by
 * themselves, confirmed, released or lapsed and then taken back.
 */

/** A seat that was given back or used is only history: it lapses a day after. */
const CLOSED_SEAT_KEPT_MS = 86_400_000;

const isOld = ({ limited, shard }: Redemption): boolean => limited && shard === undefined;

export function closeOldSeat(TableName: string, redemption: Redemption): Writes {
  if (!isOld(redemption)) return [];
  const { programId, redemptionId, code, reservedUntil } = redemption;
  return [
    {
      Update: {
        TableName,
        Key: seatKey(programId, code, reservedUntil, redemptionId),
        UpdateExpression: 'SET isOpen = :closed, expiresAt = :expiry',
        ExpressionAttributeValues: {
          ':closed': false,
          ':expiry': Math.ceil((toEpochMs(reservedUntil) + CLOSED_SEAT_KEPT_MS) / 1_000),
        },
      },
    },
  ];
}

/** The first page is enough: the older ones were taken back by those who asked before. */
export async function oldLapsedIds(
  { documents, tableName }: { readonly documents: DynamoDBDocumentClient; readonly tableName: string },
  { programId, code }: { readonly programId: string; readonly code: string },
  now: Instant,
  limit: number,
): Promise<readonly string[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      FilterExpression: 'isOpen = :open',
      ExpressionAttributeValues: {
        ':pk': seatsKey(programId, code).pk,
        ':first': SEAT,
        ':last': seatKey(programId, code, now).sk,
        ':open': true,
      },
      ConsistentRead: true,
    }),
  );
  return Items.slice(0, limit).map((item) => z.string().parse(item.redemptionId));
}
