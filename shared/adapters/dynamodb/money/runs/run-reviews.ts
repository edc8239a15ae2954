import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField, minorField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  reviewPageKey,
  reviewPagesPrefix,
  reviewSummaryKey,
  reviewTotalKey,
  reviewTotalsPrefix,
  runDetailsPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { reviewPageItem, reviewPageOfItem } from '#shared/adapters/dynamodb/money/runs/review-pages';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { ReviewOfRun, RunReviews } from '#shared/application/payouts/runs/review/review-ports';
import { REVIEW_FLAGS, REVIEW_OUTCOMES } from '#shared/domain/run/review';
import type { ReviewTotal } from '#shared/domain/run/review-summary';

const outcomeField = z.enum(REVIEW_OUTCOMES);
const flagField = z.enum(REVIEW_FLAGS);
const beforeField = z.object({ earnedMinor: minorField, payableMinor: minorField }).optional();
const countFields = { count: z.number(), dueMinor: minorField, carriedMinor: minorField };

const headerSchema = z.object({
  asOf: instantField,
  changeFlagPercent: z.number(),
  policyVersion: z.number(),
  lastRunId: z.string().optional(),
  attemptBefore: z.string().optional(),
});

const totalSchema = z.object({
  currency: z.string(),
  ...countFields,
  payouts: z.number(),
  payMinor: minorField,
  outcomes: z.array(z.object({ outcome: outcomeField, ...countFields })),
  flags: z.array(z.object({ flag: flagField, ...countFields })),
  largest: z.array(z.object({ partnerId: z.string(), payMinor: minorField })),
  heldSales: z.number(),
  heldSalesMinor: minorField,
  before: beforeField,
  attemptBefore: z.object({ payMinor: minorField, earnedMinor: minorField }).optional(),
});

/** Reviews of runs, in the run's own partition. */
export function makeRunReviews({
  documents,
  tableName: TableName,
}: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): RunReviews {
  const put = async (Item: Record<string, unknown>): Promise<void> => {
    await documents.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
  };
  const query = (
    { programId, runId }: ReviewOfRun,
    prefix: string,
    from = prefix,
  ): AsyncIterable<Record<string, unknown>> =>
    queryAll(documents, {
      TableName,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      // `~` sorts after every shard and currency.
      ExpressionAttributeValues: { ':pk': runDetailsPk(programId, runId), ':from': from, ':to': `${prefix}~` },
      ConsistentRead: true,
    });

  return {
    putPage: ({ programId, runId, asOf }, page) =>
      put({ ...reviewPageKey(programId, runId, { asOf, ...page }), type: 'review_page', ...reviewPageItem(page) }),
    async putSummary({ programId, runId, asOf }, { header, totals }) {
      for (const total of totals) {
        await put({ ...reviewTotalKey(programId, runId, asOf, total.currency), type: 'review_total', ...total });
      }
      await put({ ...reviewSummaryKey(programId, runId, asOf), type: 'review', ...header });
    },
    async summary(review) {
      const Key = reviewSummaryKey(review.programId, review.runId, review.asOf);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      if (!Item) return undefined;
      const totals: ReviewTotal[] = [];
      for await (const item of query(review, reviewTotalsPrefix(review.asOf))) totals.push(totalSchema.parse(item));
      return { header: headerSchema.parse(Item), totals };
    },
    async *pages(review, { shard, from } = {}) {
      const first = from && reviewPageKey(review.programId, review.runId, { asOf: review.asOf, ...from }).sk;
      for await (const item of query(review, reviewPagesPrefix(review.asOf, shard), first))
        yield reviewPageOfItem(item);
    },
  };
}
