import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { codeCountKey, redeemedDayKey, redemptionKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { transact } from '#shared/adapters/dynamodb/transact';
import type {
  ConfirmedRedemption,
  RedemptionCounter,
  RedemptionRef,
} from '#shared/application/referrals/redemptions/count-redemptions';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import type { RedemptionCounts } from '#shared/application/tracking/codes/code-ports';

const BATCH_SIZE = 100;
/** With the count of their code and, were each of a day of its own, as many days in one transaction of at most 100 items. */
const COUNTED_AT_ONCE = 45;

const countItemSchema = z.object({ canonical: z.string(), confirmed: z.number() });
const redemptionItemSchema = z.object({
  redemptionId: z.string(),
  code: z.string(),
  status: z.string(),
  partnerId: z.string().optional(),
  isCounted: z.boolean().optional(),
});

type Item = Record<string, unknown>;
type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

/**
 * How often codes were redeemed. Each confirmed redemption is marked in the transaction that counts it, so that it is counted
 * once, however often it is told; nobody who redeems waits for the count.
 */
export function makeRedemptionCounts(deps: Table & RetryDeps): RedemptionCounts & RedemptionCounter {
  return {
    confirmed: async (programId, canonicals) => {
      const keys = [...new Set(canonicals)].map((canonical) => codeCountKey(programId, canonical));
      const items = (await getAll(deps, keys)).map((item) => countItemSchema.parse(item));
      return new Map(items.map(({ canonical, confirmed }) => [canonical, confirmed]));
    },
    count: (programId, redemptions) => {
      const dayOf = new Map(redemptions.map(({ redemptionId, day }) => [redemptionId, day]));
      let counted = 0;
      return retryContended(deps, async () => {
        const keys = [...dayOf.keys()].map((id) => redemptionKey(programId, id));
        const found = (await getAll(deps, keys)).map((item) => redemptionItemSchema.parse(item));
        const fresh = found.filter(({ status, isCounted }) => status === 'confirmed' && !isCounted);
        const groups = Map.groupBy(fresh, ({ code }) => code);
        let isContended = false;
        for (const [code, all] of groups) {
          for (let from = 0; from < all.length; from += COUNTED_AT_ONCE) {
            const some = all
              .slice(from, from + COUNTED_AT_ONCE)
              .map(({ redemptionId, partnerId }) => ({ redemptionId, partnerId, day: dayOf.get(redemptionId) }));
            if (await countSome(deps, { programId, code }, some)) counted += some.length;
            else isContended = true;
          }
        }
        // What was counted is marked by now: the next round finds the rest.
        return isContended ? 'contended' : counted;
      });
    },
  };
}

async function countSome(
  { documents, tableName: TableName }: Table,
  { programId, code }: RedemptionRef,
  redemptions: readonly (ConfirmedRedemption & { readonly partnerId: string | undefined })[],
): Promise<boolean> {
  const marks = redemptions.map(({ redemptionId: id }) => ({
    Update: {
      TableName,
      Key: redemptionKey(programId, id),
      UpdateExpression: 'SET isCounted = :yes',
      ConditionExpression: '#status = :confirmed AND attribute_not_exists(isCounted)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':yes': true, ':confirmed': 'confirmed' },
    },
  }));
  const sum = {
    Update: {
      TableName,
      Key: codeCountKey(programId, code),
      UpdateExpression: 'SET canonical = :code ADD confirmed :more',
      ExpressionAttributeValues: { ':code': code, ':more': redemptions.length },
    },
  };
  const days = daysOf(redemptions).map(({ partnerId, day, count }) => ({
    Update: {
      TableName,
      Key: redeemedDayKey(programId, partnerId, day),
      UpdateExpression: 'ADD confirmed :more',
      ExpressionAttributeValues: { ':more': count },
    },
  }));
  return (await transact(documents, [...marks, sum, ...days])).length === 0;
}

type PartnerDay = { readonly partnerId: string; readonly day: string; readonly count: number };

function daysOf(redemptions: Parameters<typeof countSome>[2]): readonly PartnerDay[] {
  const days = new Map<string, PartnerDay>();
  for (const { partnerId, day } of redemptions) {
    if (partnerId === undefined || day === undefined) continue;
    const key = `${partnerId} ${day}`;
    days.set(key, { partnerId, day, count: (days.get(key)?.count ?? 0) + 1 });
  }
  return [...days.values()];
}

/** Asks again for what an answer left out. */
async function getAll(deps: Table & RetryDeps, keys: readonly Item[]): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let from = 0; from < keys.length; from += BATCH_SIZE) {
    let left: Item[] = keys.slice(from, from + BATCH_SIZE);
    await retryContended(deps, async () => {
      const { Responses, UnprocessedKeys } = await deps.documents.send(
        new BatchGetCommand({ RequestItems: { [deps.tableName]: { Keys: left, ConsistentRead: true } } }),
      );
      items.push(...(Responses?.[deps.tableName] ?? []));
      left = UnprocessedKeys?.[deps.tableName]?.Keys ?? [];
      return left.length === 0 ? 'read' : 'contended';
    });
  }
  return items;
}
