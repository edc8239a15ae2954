import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { closeOldSeat, oldLapsedIds } from '#shared/adapters/dynamodb/referrals/codes/old-seats';
import { giveBackWrite, makeSeatStore, takeWrite } from '#shared/adapters/dynamodb/referrals/codes/seats';
import { storedTermsShape } from '#shared/adapters/dynamodb/referrals/codes/terms-items';
import {
  FACTS_INDEX,
  openReservation,
  openReservations,
  redemptionKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { storedInstantSchema, storedMinorSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { Writes } from '#shared/adapters/dynamodb/transact';
import type { Redemption, RedemptionStore } from '#shared/application/referrals/redemptions/redemption-ports';
import type { Instant } from '#shared/domain/time/instant';

const redemptionItemSchema = z.object({
  redemptionId: z.string(),
  programId: z.string(),
  code: z.string(),
  codeAsMade: z.string().optional(),
  customerId: z.string(),
  partnerId: z.string(),
  status: z.enum(['reserved', 'confirmed', 'released']),
  reservedUntil: storedInstantSchema,
  limited: z.boolean(),
  shard: z.number().optional(),
  terms: z.object(storedTermsShape).optional(),
  spend: z.object({ minor: storedMinorSchema, currency: z.string() }).optional(),
  orderId: z.string().optional(),
});

type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

/**
 * Redemptions; one of a limited code also holds a seat of a shard, counted in the same transaction, and is in an index while it
 * is open. One of a code without limit is its own item and nothing else.
 */
export function makeRedemptionStore(deps: Table): RedemptionStore {
  const { documents, tableName: TableName } = deps;
  const find: RedemptionStore['find'] = async (programId, redemptionId) => {
    const Key = redemptionKey(programId, redemptionId);
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && redemptionItemSchema.parse(Item);
  };
  /** The reasons of the items when the write was refused. One item alone needs no transaction, which would cost twice as much. */
  const write = async (TransactItems: Writes): Promise<readonly string[] | undefined> => {
    try {
      const [only, ...more] = TransactItems;
      if (only?.Put && more.length === 0) await documents.send(new PutCommand(only.Put));
      else if (only?.Update?.UpdateExpression && more.length === 0)
        await documents.send(new UpdateCommand(only.Update));
      else await documents.send(new TransactWriteCommand({ TransactItems }));
      return undefined;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return ['ConditionalCheckFailed'];
      const codes = cancellationCodes(error);
      if (!codes) throw error;
      return codes;
    }
  };
  return {
    ...makeSeatStore(deps),
    find,
    reserve: async (redemption, now, seat) => {
      const hold = holdWrite(TableName, redemption, now);
      const codes = await write(seat ? [hold, takeWrite(TableName, redemption, seat)] : [hold]);
      if (!codes) return 'reserved';
      return codes[0] === 'None' ? 'contended' : 'exists';
    },
    reprice: async (redemption) => {
      const isKept = await ifConditionHolds(
        documents.send(
          new UpdateCommand({
            TableName,
            Key: redemptionKey(redemption.programId, redemption.redemptionId),
            UpdateExpression: 'SET spend = :spend',
            ConditionExpression: '#status = :reserved AND reservedUntil = :until',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':spend': redemption.spend,
              ':reserved': 'reserved',
              ':until': redemption.reservedUntil,
            },
          }),
        ),
      );
      return isKept ? 'done' : 'changed';
    },
    confirm: async (redemption) =>
      (await write([confirmWrite(TableName, redemption), ...closeOldSeat(TableName, redemption)])) ? 'changed' : 'done',
    release: async (redemption) => {
      const { limited, shard = 0 } = redemption;
      const writes = [
        releaseWrite(TableName, redemption),
        ...(limited ? [giveBackWrite(TableName, redemption, shard)] : []),
        ...closeOldSeat(TableName, redemption),
      ];
      return (await write(writes)) ? 'changed' : 'done';
    },
    lapsed: async (programId, code, now, limit) => {
      const indexed = await lapsedOf(deps, openReservations(programId, code), now, limit);
      if (indexed.length > 0) return indexed;
      const ids = await oldLapsedIds(deps, { programId, code }, now, limit);
      const found = await Promise.all(ids.map((id) => find(programId, id)));
      return found.filter((redemption) => redemption !== undefined);
    },
  };
}

async function lapsedOf({ documents, tableName }: Table, open: string, now: Instant, Limit: number) {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: FACTS_INDEX,
      KeyConditionExpression: 'factsPk = :open AND factsSk < :now',
      ExpressionAttributeValues: { ':open': open, ':now': openReservation(now) },
      Limit,
    }),
  );
  return Items.map((item) => redemptionItemSchema.parse(item));
}

function holdWrite(TableName: string, redemption: Redemption, now: Instant): Writes[number] {
  const { programId, redemptionId, code, reservedUntil, limited } = redemption;
  const whileOpen = limited
    ? { factsPk: openReservations(programId, code), factsSk: openReservation(reservedUntil, redemptionId) }
    : {};
  return {
    Put: {
      TableName,
      Item: { ...redemptionKey(programId, redemptionId), ...redemption, ...whileOpen },
      // A lapsed reservation that holds a seat must give it back first.
      ConditionExpression:
        'attribute_not_exists(pk) OR #status = :released OR (#status = :reserved AND #limited = :no AND reservedUntil <= :now)',
      ExpressionAttributeNames: { '#status': 'status', '#limited': 'limited' },
      ExpressionAttributeValues: { ':released': 'released', ':reserved': 'reserved', ':no': false, ':now': now },
    },
  };
}

function confirmWrite(TableName: string, redemption: Redemption): Writes[number] {
  const { programId, redemptionId, reservedUntil, orderId } = redemption;
  const names = orderId === undefined ? '' : ', orderId = :order';
  return {
    Update: {
      TableName,
      Key: redemptionKey(programId, redemptionId),
      UpdateExpression: `SET #status = :confirmed${names} REMOVE factsPk, factsSk`,
      ConditionExpression:
        '(#status = :reserved OR (#status = :confirmed AND attribute_not_exists(orderId))) AND reservedUntil = :until',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':confirmed': 'confirmed',
        ':reserved': 'reserved',
        ':until': reservedUntil,
        ...(orderId === undefined ? {} : { ':order': orderId }),
      },
    },
  };
}

function releaseWrite(TableName: string, { programId, redemptionId, reservedUntil }: Redemption): Writes[number] {
  return {
    Update: {
      TableName,
      Key: redemptionKey(programId, redemptionId),
      UpdateExpression: 'SET #status = :released REMOVE factsPk, factsSk',
      ConditionExpression: '#status = :reserved AND reservedUntil = :until',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':released': 'released', ':reserved': 'reserved', ':until': reservedUntil },
    },
  };
}
