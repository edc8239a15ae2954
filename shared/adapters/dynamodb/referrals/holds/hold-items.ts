import * as z from 'zod';
import { signalsField } from '#shared/adapters/dynamodb/referrals/holds/signals-field';
import { HOLD_SK, holdKey, holdsOrder, holdsPartition } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import {
  storedInstantSchema,
  storedMinorSchema,
  storedPeriodSchema,
} from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { Writes } from '#shared/adapters/dynamodb/transact';
import { holdOfSale } from '#shared/application/referrals/holds/hold-of-sale';
import type { Hold } from '#shared/application/referrals/holds/hold-ports';
import type { ConversionRecord } from '#shared/application/referrals/ports';
import { HOLD_STATUSES } from '#shared/domain/fraud/hold';

const holdSchema = z.object({
  programId: z.string(),
  orderId: z.string(),
  partnerIds: z.array(z.string()),
  occurredAt: storedInstantSchema,
  period: storedPeriodSchema,
  amountMinor: storedMinorSchema,
  currency: z.string(),
  status: z.enum(HOLD_STATUSES),
  signals: signalsField,
  heldAt: storedInstantSchema,
  deadline: storedInstantSchema,
  escalatedAt: storedInstantSchema.optional(),
  decision: z
    .object({
      decisionId: z.string(),
      decision: z.enum(['release', 'void']),
      reason: z.string(),
      by: z.string(),
      at: storedInstantSchema,
    })
    .optional(),
});

/** Beside its order, and in the facts index by its status: the list of what waits. */
export function holdItem(hold: Hold): Record<string, unknown> {
  const { programId, orderId, status, deadline } = hold;
  return {
    ...holdKey(programId, orderId),
    factsPk: holdsPartition(programId, status),
    factsSk: holdsOrder(deadline, orderId),
    ...hold,
  };
}

/** What a sale is stored with if it is held from the start; the sale's own condition stands for both. */
export function holdWrites(TableName: string, sale: ConversionRecord): Writes {
  const hold = holdOfSale(sale);
  return hold ? [{ Put: { TableName, Item: holdItem(hold) } }] : [];
}

/** What becomes of a hold: it begins where there was none, or goes on from the status that was read. */
export function holdChangeWrites(TableName: string, before: Hold | undefined, after: Hold | undefined): Writes {
  if (!after) return [];
  const Item = holdItem(after);
  if (!before) return [{ Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } }];
  const goesOn = {
    ConditionExpression: '#status = :before',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':before': before.status },
  };
  return [{ Put: { TableName, Item, ...goesOn } }];
}

export function parseHold(item: unknown): Hold {
  return holdSchema.parse(item);
}

/** The hold among the items of an order; no member for a sale that was never held. */
export function holdOfOrder(items: readonly Record<string, unknown>[]): { readonly hold?: Hold } {
  const item = items.find(({ sk }) => sk === HOLD_SK);
  return item ? { hold: parseHold(item) } : {};
}
