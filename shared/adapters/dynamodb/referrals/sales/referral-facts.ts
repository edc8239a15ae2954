import { type DynamoDBDocumentClient, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '#shared/adapters/dynamodb/batch-get';
import {
  CONVERSION_FACTS,
  customerKey,
  FACTS_INDEX,
  factsPartition,
  REFUND_FACTS,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { parseConversion, parseHistory } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { parseRefund } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import {
  type FirstPurchase,
  type HasFacts,
  purchaseFact,
  type ReferralFacts,
} from '#shared/application/referral-facts';
import { firstPurchaseOf } from '#shared/domain/facts/first-purchase';
import type { Period } from '#shared/domain/time/instant';

/** About 1 MB of ordinary conversions: one page in memory. */
const PAGE_LIMIT = 1_000;

/** The Referrals table as other services may read it: its contract index, and orders and customers by key. */
export function makeReferralFacts(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly pause?: (ms: number) => Promise<unknown>;
}): ReferralFacts {
  const { documents, tableName } = deps;
  const conversions = makeConversionStore(deps);

  async function* facts(
    kind: typeof CONVERSION_FACTS | typeof REFUND_FACTS,
    partition: string,
  ): AsyncIterable<Record<string, unknown>> {
    const pages = paginateQuery(
      { client: documents, pageSize: PAGE_LIMIT },
      {
        TableName: tableName,
        IndexName: FACTS_INDEX,
        KeyConditionExpression: 'factsPk = :pk AND begins_with(factsSk, :kind)',
        ExpressionAttributeValues: { ':pk': partition, ':kind': kind },
      },
    );
    for await (const page of pages) yield* page.Items ?? [];
  }

  return {
    conversions: async function* (programId, partnerId, period: Period) {
      for await (const item of facts(CONVERSION_FACTS, factsPartition(programId, partnerId, period))) {
        yield parseConversion(item);
      }
    },
    refunds: async function* (programId, partnerId, period: Period) {
      for await (const item of facts(REFUND_FACTS, factsPartition(programId, partnerId, period))) {
        yield parseRefund(item);
      }
    },
    firstPurchases: async (programId, customerIds) => {
      const found = new Map<string, FirstPurchase>();
      const customerOf = new Map(customerIds.map((customerId) => [customerKey(programId, customerId).pk, customerId]));
      const keys = [...customerOf.values()].map((customerId) => customerKey(programId, customerId));
      const take = (item: Record<string, unknown>): void => {
        const history = parseHistory(item);
        const first = firstPurchaseOf(history);
        const customerId = customerOf.get(String(item.pk));
        if (first && customerId !== undefined) found.set(customerId, purchaseFact(first, history));
      };
      await batchGet(deps, keys, take, true);
      return found;
    },
    order: (programId, orderId) => conversions.findOrder(programId, orderId),
  };
}

/** Asks the contract index for one fact of any kind. */
export function makeHasFacts({
  documents,
  tableName,
}: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): HasFacts {
  return async (programId, partnerId, period) => {
    const { Count = 0 } = await documents.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: FACTS_INDEX,
        KeyConditionExpression: 'factsPk = :pk',
        ExpressionAttributeValues: { ':pk': factsPartition(programId, partnerId, period) },
        Limit: 1,
        Select: 'COUNT',
      }),
    );
    return Count > 0;
  };
}
