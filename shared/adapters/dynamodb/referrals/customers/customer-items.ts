import * as z from 'zod';
import { CUSTOMER_SK, firstPurchaseRank, TOUCHES_SK } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import {
  parseHistory,
  rememberedTouchSchema,
  storedInstantSchema,
} from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { CustomerChange, CustomerRecord } from '#shared/application/referrals/ports';
import type { Binding } from '#shared/domain/tracking/binding';

const bindingSchema = z
  .object({
    number: z.int(),
    partnerId: z.string().optional(),
    from: storedInstantSchema,
    orderId: z.string().optional(),
  })
  .transform((binding): Binding => ({ ...binding, partnerId: binding.partnerId }));

const boundSchema = z.object({ bindings: z.array(bindingSchema).optional() });
const touchesSchema = z.object({ touches: z.array(rememberedTouchSchema), revision: z.int() });

/** A customer from the items of its partition that a sale asks for: what it bought, whom it belongs to, its touches. */
export function parseCustomer(items: readonly Record<string, unknown>[]): CustomerRecord {
  const customer = items.find(({ sk }) => sk === CUSTOMER_SK);
  const touches = items.find(({ sk }) => sk === TOUCHES_SK);
  return {
    ...(customer ? { ...parseHistory(customer), ...boundSchema.parse(customer) } : {}),
    ...(touches ? { touches: touchesSchema.parse(touches).touches } : {}),
  };
}

export function parseTouches(item: unknown): z.output<typeof touchesSchema> {
  return touchesSchema.parse(item);
}

export type CustomerUpdate = {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: Record<string, unknown>;
};

/** First purchase and supplied date only ever move to an earlier value, whoever writes last; bindings grow one by one. */
export function improveCustomer({
  first,
  suppliedAt,
  suppliedDates,
  bindings,
  standsOn,
}: CustomerChange): CustomerUpdate {
  const set: string[] = [];
  const conditions: string[] = [];
  const values: Record<string, unknown> = {};
  if (first) {
    set.push('firstRank = :rank', 'firstPeriod = :period', 'firstOccurredAt = :at', 'firstOrderId = :order');
    conditions.push('(attribute_not_exists(firstRank) OR firstRank > :rank)');
    values[':rank'] = firstPurchaseRank(first);
    values[':period'] = first.period;
    values[':at'] = first.occurredAt;
    values[':order'] = first.conversionId;
  }
  if (suppliedAt) {
    set.push('suppliedAt = :supplied');
    conditions.push('(attribute_not_exists(suppliedAt) OR suppliedAt > :supplied)');
    values[':supplied'] = suppliedAt;
    const named = suppliedDates?.at(-1);
    if (named?.at === suppliedAt) {
      // Behind those that others have added meanwhile.
      set.push('suppliedDates = list_append(if_not_exists(suppliedDates, :none), :named)');
      values[':none'] = [];
      values[':named'] = [named];
    }
  }
  if (bindings) {
    set.push('bindings = :bindings', 'bindingNumber = :number');
    values[':bindings'] = bindings;
    values[':number'] = bindings.at(-1)?.number;
  }
  if (standsOn) {
    const known = {
      firstRank: standsOn.first && firstPurchaseRank(standsOn.first),
      suppliedAt: standsOn.suppliedAt,
      bindingNumber: standsOn.bindings?.at(-1)?.number,
    };
    for (const [name, value] of Object.entries(known)) {
      conditions.push(value === undefined ? `attribute_not_exists(${name})` : `${name} = :known_${name}`);
      if (value !== undefined) values[`:known_${name}`] = value;
    }
  }
  return {
    UpdateExpression: `SET ${set.join(', ')}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeValues: values,
  };
}
