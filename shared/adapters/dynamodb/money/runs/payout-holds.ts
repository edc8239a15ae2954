import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  payoutHoldKey,
  payoutHoldReleaseKey,
  payoutHoldsOfPartner,
  payoutHoldsPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { PayoutHold, PayoutHolds } from '#shared/application/payouts/holds/payout-hold-ports';

const saidFields = { reason: z.string(), by: z.string(), at: instantField };
const holdSchema = z.object({
  type: z.literal('payout_hold'),
  programId: z.string(),
  holdId: z.string(),
  partnerId: z.string(),
  ...saidFields,
});
const releaseSchema = z.object({ type: z.literal('payout_hold_release'), ...saidFields });

/** Standing holds in the Money table: a hold and its release are two items, each written once. */
export function makePayoutHolds({
  documents,
  tableName: TableName,
}: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): PayoutHolds {
  const get = async (Key: Record<string, string>): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const putOnce = (Item: Record<string, unknown>): Promise<boolean> =>
    ifConditionHolds(
      documents.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
    );
  const find: PayoutHolds['find'] = async (programId, partnerId, holdId) => {
    const held = await get(payoutHoldKey(programId, partnerId, holdId));
    if (!held) return undefined;
    const released = await get(payoutHoldReleaseKey(programId, partnerId, holdId));
    return holdOf(held, released);
  };

  return {
    find,
    async hold(hold) {
      const { programId, partnerId, holdId, release: _, ...said } = hold;
      const key = payoutHoldKey(programId, partnerId, holdId);
      const isNew = await putOnce({ ...key, type: 'payout_hold', programId, partnerId, holdId, ...said });
      return isNew ? hold : ((await find(programId, partnerId, holdId)) ?? hold);
    },
    release: ({ programId, partnerId, holdId }, release) =>
      putOnce({
        ...payoutHoldReleaseKey(programId, partnerId, holdId),
        type: 'payout_hold_release',
        programId,
        partnerId,
        holdId,
        ...release,
      }),
    async *all(programId, { partnerId, after } = {}) {
      const prefix = partnerId === undefined ? '' : payoutHoldsOfPartner(partnerId);
      // A hold lies just before its release: behind that of the last one the next begins.
      const first = after ? `${payoutHoldReleaseKey(programId, after.partnerId, after.holdId).sk}~` : prefix;
      const items = queryAll(documents, {
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        // A sort key is not empty, and `~` sorts after every id.
        ExpressionAttributeValues: { ':pk': payoutHoldsPk(programId), ':from': first || '#', ':to': `${prefix}~` },
        ConsistentRead: true,
      });
      let held: Record<string, unknown> | undefined;
      for await (const item of items) {
        const isRelease = item.type === 'payout_hold_release';
        if (held) yield holdOf(held, isRelease ? item : undefined);
        held = isRelease ? undefined : item;
      }
      if (held) yield holdOf(held, undefined);
    },
  };
}

function holdOf(held: unknown, released: unknown): PayoutHold {
  const { type: _, ...hold } = holdSchema.parse(held);
  if (released === undefined) return hold;
  const { reason, by, at } = releaseSchema.parse(released);
  return { ...hold, release: { reason, by, at } };
}
