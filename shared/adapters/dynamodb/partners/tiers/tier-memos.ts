import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { batchGet } from '#shared/adapters/dynamodb/batch-get';
import { instantField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import { tierMemoKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { RememberedSale, TierMemo, TierMemos } from '#shared/application/partners/tiers/tier-facts';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { Instant } from '#shared/domain/time/instant';

/** One by one: a batch of writes takes a right that would allow deletes as well. */
const PUTS_AT_ONCE = 16;

const memoSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  from: periodField,
  through: periodField,
  holds: z.enum(['firsts', 'all']),
  cutAt: instantField.optional(),
  sales: z.string(),
});

/** Order, time, what is left, whether first, whether in the programme's currency, customer: one text, for many are read each night. */
const salesSchema = z.array(
  z.tuple([z.string(), z.string(), z.string(), z.boolean(), z.boolean(), z.string().nullable()]),
);

/** Memos of closed months in the Partners table. Whatever is lost of them is read again from the facts. */
export function makeTierMemos(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly pause?: (ms: number) => Promise<unknown>;
}): TierMemos {
  const { documents, tableName } = table;
  const pause = table.pause ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)));
  return {
    async find(programId, partnerIds) {
      const found = new Map<string, TierMemo>();
      const keys = partnerIds.map((partnerId) => tierMemoKey(programId, partnerId));
      await batchGet({ documents, tableName, pause, random: Math.random }, keys, (item) => {
        const memo = memoOfItem(item);
        if (memo) found.set(memo.partnerId, memo);
      });
      return found;
    },
    put: (memos) =>
      forEachConcurrently(memos, PUTS_AT_ONCE, async (memo) => {
        await documents.send(new PutCommand({ TableName: tableName, Item: memoItem(memo) }));
      }),
  };
}

function memoItem({ sales, ...memo }: TierMemo): Record<string, unknown> {
  const rows = sales.map((sale) => [
    sale.orderId,
    sale.occurredAt,
    String(sale.leftMinor),
    sale.isFirst,
    sale.inCurrency,
    sale.customerId ?? null,
  ]);
  return { ...tierMemoKey(memo.programId, memo.partnerId), ...memo, sales: JSON.stringify(rows) };
}

/** `undefined` for one that a later version may have written: it is read anew. */
function memoOfItem(item: unknown): TierMemo | undefined {
  const memo = memoSchema.safeParse(item);
  const rows = memo.success ? salesSchema.safeParse(JSON.parse(memo.data.sales)) : undefined;
  if (!memo.success || !rows?.success) return undefined;
  const sales = rows.data.map(
    ([orderId, occurredAt, left, isFirst, inCurrency, customerId]): RememberedSale => ({
      orderId,
      occurredAt: occurredAt as Instant,
      leftMinor: BigInt(left),
      isFirst,
      inCurrency,
      ...(customerId === null ? {} : { customerId }),
    }),
  );
  return { ...memo.data, sales };
}
