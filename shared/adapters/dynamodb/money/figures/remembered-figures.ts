import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField, minorField, periodField, sixAmountFields } from '#shared/adapters/dynamodb/money/money-fields';
import { figuresKey, figuresPk, type Key } from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { RememberedFigures, SalesDays } from '#shared/application/payouts/figures/figure-ports';
import type { MayChange } from '#shared/application/payouts/figures/month-so-far';
import type { LineKind } from '#shared/domain/statement/statement';
import type { Period } from '#shared/domain/time/instant';

const amounts = { ...sixAmountFields, writtenOffMinor: minorField.optional(), unsentMinor: minorField.optional() };
const way = z.object({
  kind: z.string().transform((text) => text as LineKind),
  componentId: z.string(),
  planVersion: z.number(),
  rateBps: z.number().optional(),
  rateRule: z.string().optional(),
  conversions: z.number(),
  baseMinor: minorField.optional(),
  amountMinor: minorField,
  cutLines: z.number(),
  calculation: z.string().optional(),
  why: z.string().optional(),
  sentence: z.string(),
});
const salesSum = z.object({ currency: z.string(), conversions: z.number(), amountMinor: minorField });
const monthSchema = z.object({
  partnerId: z.string(),
  period: periodField,
  asOf: instantField,
  state: z.enum(['open', 'closing']),
  openFrom: periodField,
  statements: z.array(
    z.object({
      currency: z.string(),
      ...amounts,
      conversions: z.number(),
      ways: z.array(way),
      nothing: z.array(z.object({ componentId: z.string().optional(), reason: z.string(), count: z.number() })),
      clawbacks: z.number(),
      adjustments: z.number(),
    }),
  ),
  underReview: z.array(salesSum),
  later: z.array(salesSum.extend({ period: periodField })),
  earlier: z.array(
    z.object({
      period: periodField,
      statements: z.array(z.object({ currency: z.string(), ...amounts, conversions: z.number() })),
    }),
  ),
  mayChange: z.array(z.string().transform((text) => text as MayChange)),
  work: z.number(),
});
const salesDaysSchema = z.object({
  partnerId: z.string(),
  period: periodField,
  asOf: instantField,
  days: z.array(z.object({ day: z.string(), conversions: z.number(), underReview: z.number() })),
  work: z.number(),
});

/** Figures of partners in the Money table, one item a partner, month and kind: derived, so that the newest takes the place of the one before. */
export function makeRememberedFigures(deps: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): RememberedFigures {
  const { documents, tableName: TableName } = deps;
  const read = async (Key: Key): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName, Key }))).Item;
  const put = async (key: Key, type: string, figures: { readonly asOf: string }): Promise<void> => {
    // One that was overtaken by a newer one is dropped.
    await ifConditionHolds(
      documents.send(
        new PutCommand({
          TableName,
          Item: { ...key, type, ...figures },
          ConditionExpression: 'attribute_not_exists(pk) OR asOf < :asOf',
          ExpressionAttributeValues: { ':asOf': figures.asOf },
        }),
      ),
    );
  };
  return {
    async month(programId, partnerId, period) {
      const item = await read(figuresKey(programId, partnerId, 'MONTH', period));
      return item && monthSchema.parse(item);
    },
    putMonth: (programId, month) =>
      put(figuresKey(programId, month.partnerId, 'MONTH', month.period), 'month_so_far', month),
    async salesDays(programId, partnerId, period) {
      const item = await read(figuresKey(programId, partnerId, 'SALES_DAYS', period));
      return item && salesDaysSchema.parse(item);
    },
    async salesDaysBetween(programId, partnerId, first, last) {
      const found = new Map<Period, SalesDays>();
      const items = queryAll(documents, {
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: {
          ':pk': figuresPk(programId, partnerId),
          ':first': figuresKey(programId, partnerId, 'SALES_DAYS', first).sk,
          ':last': figuresKey(programId, partnerId, 'SALES_DAYS', last).sk,
        },
      });
      for await (const item of items) {
        const days = salesDaysSchema.parse(item);
        found.set(days.period, days);
      }
      return found;
    },
    putSalesDays: (programId, days) =>
      put(figuresKey(programId, days.partnerId, 'SALES_DAYS', days.period), 'sales_days', days),
  };
}
