import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ReadDeps } from '#shared/adapters/dynamodb/batch-get';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { readClickTotals } from '#shared/adapters/dynamodb/referrals/clicks/click-totals';
import { parseHold } from '#shared/adapters/dynamodb/referrals/holds/hold-items';
import {
  codeListing,
  conversionsSince,
  FACTS_INDEX,
  FORMER_SK_PREFIX,
  factsPartition,
  holdsPartition,
  type Key,
  linkListing,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { storedInstantSchema, storedMinorSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { OverviewFacts } from '#shared/application/partners/overview/overview';
import { HOLD_STATUSES, isHeldReason, isWaiting } from '#shared/domain/fraud/hold';
import type { CountedSale } from '#shared/domain/partner/health/sales-tally';

/** What is counted of a sale; a page carries no more over the wire. */
const FIELDS = ['sk', 'occurredAt', 'currency', 'amountMinor', 'refundedMinor', 'earnsNothing', 'credit'] as const;

/** Of a partner without a sale: whether any of so many links was followed. */
const LINKS_LOOKED_AT = 20;

const saleSchema = z
  .object({
    occurredAt: storedInstantSchema,
    currency: z.string(),
    amountMinor: storedMinorSchema,
    refundedMinor: storedMinorSchema,
    earnsNothing: z.string().optional(),
    credit: z.object({ part: z.int() }).optional(),
  })
  .transform(
    ({ earnsNothing, credit, ...sale }): CountedSale => ({
      ...sale,
      isHeld: isHeldReason(earnsNothing),
      counts: earnsNothing === undefined,
      isFurtherPart: credit !== undefined && credit.part > 0,
    }),
  );

const slugSchema = z.object({ slug: z.string() });

/** Facts of the Referrals table for what managers see: sales through its contract index, and what partners share. */
export function makeOverviewFacts(deps: ReadDeps): OverviewFacts {
  const { documents, tableName: TableName } = deps;
  return {
    async *sales(programId, partnerId, period, since) {
      const { from, to } = conversionsSince(since);
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName,
            IndexName: FACTS_INDEX,
            KeyConditionExpression: 'factsPk = :pk AND factsSk BETWEEN :from AND :to',
            ExpressionAttributeValues: {
              ':pk': factsPartition(programId, partnerId, period),
              ':from': from,
              ':to': to,
            },
            ProjectionExpression: FIELDS.join(', '),
            ExclusiveStartKey,
          }),
        );
        // A copy of what a closed month has read is no sale of its own.
        yield (page.Items ?? [])
          .filter(({ sk }) => !String(sk).startsWith(FORMER_SK_PREFIX))
          .map((item) => saleSchema.parse(item));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
    },
    async heldSales(programId) {
      const of = new Map<string, number>();
      let count = 0;
      for (const status of HOLD_STATUSES.filter(isWaiting)) {
        const items = queryAll(documents, {
          TableName,
          IndexName: FACTS_INDEX,
          KeyConditionExpression: 'factsPk = :pk',
          ExpressionAttributeValues: { ':pk': holdsPartition(programId, status) },
        });
        for await (const item of items) {
          count += 1;
          for (const partnerId of parseHold(item).partnerIds) of.set(partnerId, (of.get(partnerId) ?? 0) + 1);
        }
      }
      return { count, of };
    },
    async firstStep(programId, partnerId) {
      const links = await listed(deps, linkListing(programId, partnerId), LINKS_LOOKED_AT);
      const slugs = links.map((item) => slugSchema.parse(item).slug);
      if (slugs.length === 0) {
        const codes = await listed(deps, codeListing(programId, partnerId), 1);
        // A code is not followed: what can be missing is a sale.
        return codes.length === 0 ? 'no_link' : 'no_sale';
      }
      const totals = await readClickTotals(deps, programId, slugs);
      return [...totals.values()].some(({ clicks }) => clicks > 0) ? 'no_sale' : 'no_click';
    },
  };
}

async function listed(
  { documents, tableName: TableName }: { readonly documents: DynamoDBDocumentClient; readonly tableName: string },
  { pk, sk }: Key,
  Limit: number,
): Promise<readonly Record<string, unknown>[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :partner)',
      ExpressionAttributeValues: { ':pk': pk, ':partner': sk },
      Limit,
    }),
  );
  return Items;
}
