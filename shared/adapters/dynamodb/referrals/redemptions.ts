import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import { storedInstantSchema } from '#shared/adapters/dynamodb/referrals/conversion-items';
import { redemptionKey, SEAT, seatKey, seatsKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { Redemption, RedemptionStore } from '#shared/application/referrals/ports';
import { toEpochMs } from '#shared/domain/time/instant';

const redemptionItemSchema = z.object({
  redemptionId: z.string(),
  programId: z.string(),
  code: z.string(),
  customerId: z.string(),
  partnerId: z.string(),
  status: z.enum(['reserved', 'confirmed', 'released']),
  reservedUntil: storedInstantSchema,
  limited: z.boolean(),
});

/** A seat that was given back or used is only history: it lapses a day after. */
const CLOSED_SEAT_KEPT_MS = 86_400_000;

type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** Redemptions; those of a limited code also hold a seat, counted in the same transaction. A code without limit touches no shared item. */
export function makeRedemptionStore(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): RedemptionStore {
  const { documents, tableName: TableName } = deps;
  const find: RedemptionStore['find'] = async (programId, redemptionId) => {
    const Key = redemptionKey(programId, redemptionId);
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && redemptionItemSchema.parse(Item);
  };
  const write = async (TransactItems: Writes): Promise<readonly string[] | undefined> => {
    try {
      await documents.send(new TransactWriteCommand({ TransactItems }));
      return undefined;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return ['ConditionalCheckFailed'];
      const codes = cancellationCodes(error);
      if (!codes) throw error;
      return codes;
    }
  };
  const close = async (redemption: Redemption, status: 'confirmed' | 'released'): Promise<'done' | 'changed'> =>
    (await write(closeWrites(TableName, redemption, status))) ? 'changed' : 'done';
  return {
    find,
    reserve: async (redemption, max, now) => {
      const codes = await write(reserveWrites(TableName, redemption, max, now));
      if (!codes) return 'reserved';
      if (codes[0] === 'ConditionalCheckFailed') return 'exists';
      return codes[1] === 'ConditionalCheckFailed' ? 'exhausted' : 'contended';
    },
    confirm: (redemption) => close(redemption, 'confirmed'),
    release: (redemption) => close(redemption, 'released'),
    lapsed: async (programId, code, now, limit) => {
      const ids: string[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
            FilterExpression: 'isOpen = :open',
            ExpressionAttributeValues: {
              ':pk': seatsKey(programId, code).pk,
              ':first': SEAT,
              ':last': seatKey(programId, code, now).sk,
              ':open': true,
            },
            ConsistentRead: true,
            ExclusiveStartKey: start,
          }),
        );
        ids.push(...(page.Items ?? []).map((item) => z.string().parse(item.redemptionId)));
        start = page.LastEvaluatedKey;
      } while (start && ids.length < limit);
      const found = await Promise.all(ids.slice(0, limit).map((id) => find(programId, id)));
      return found.filter((redemption) => redemption !== undefined);
    },
  };
}

function reserveWrites(TableName: string, redemption: Redemption, max: number | undefined, now: string): Writes {
  const { programId, redemptionId, code, reservedUntil } = redemption;
  const hold: Writes[number] = {
    Put: {
      TableName,
      Item: { ...redemptionKey(programId, redemptionId), ...redemption },
      // A lapsed reservation that holds a seat must give it back first.
      ConditionExpression:
        'attribute_not_exists(pk) OR #status = :released OR (#status = :reserved AND #limited = :no AND reservedUntil <= :now)',
      ExpressionAttributeNames: { '#status': 'status', '#limited': 'limited' },
      ExpressionAttributeValues: { ':released': 'released', ':reserved': 'reserved', ':no': false, ':now': now },
    },
  };
  if (max === undefined) return [hold];
  return [
    hold,
    {
      Update: {
        TableName,
        Key: seatsKey(programId, code),
        UpdateExpression: 'SET taken = if_not_exists(taken, :none) + :one',
        ConditionExpression: 'attribute_not_exists(taken) OR taken < :max',
        ExpressionAttributeValues: { ':none': 0, ':one': 1, ':max': max },
      },
    },
    {
      Put: {
        TableName,
        Item: { ...seatKey(programId, code, reservedUntil, redemptionId), redemptionId, isOpen: true },
      },
    },
  ];
}

function closeWrites(TableName: string, redemption: Redemption, status: 'confirmed' | 'released'): Writes {
  const { programId, redemptionId, code, reservedUntil } = redemption;
  const move: Writes[number] = {
    Update: {
      TableName,
      Key: redemptionKey(programId, redemptionId),
      UpdateExpression: 'SET #status = :status',
      ConditionExpression: '#status = :reserved AND reservedUntil = :until',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': status, ':reserved': 'reserved', ':until': reservedUntil },
    },
  };
  if (!redemption.limited) return [move];
  const closeSeat: Writes[number] = {
    Update: {
      TableName,
      Key: seatKey(programId, code, reservedUntil, redemptionId),
      UpdateExpression: 'SET isOpen = :closed, expiresAt = :expiry',
      ExpressionAttributeValues: {
        ':closed': false,
        ':expiry': Math.ceil((toEpochMs(reservedUntil) + CLOSED_SEAT_KEPT_MS) / 1_000),
      },
    },
  };
  if (status === 'confirmed') return [move, closeSeat];
  const giveBack: Writes[number] = {
    Update: {
      TableName,
      Key: seatsKey(programId, code),
      UpdateExpression: 'SET taken = taken - :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  };
  return [move, closeSeat, giveBack];
}
