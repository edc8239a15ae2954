import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { minorField, periodField, sixAmountFields } from '#shared/adapters/dynamodb/money/money-fields';
import {
  BY_PERIOD_INDEX,
  CONVERSION_PAGES_FROM,
  factPageSk,
  LINES_SK_PREFIX,
  statementKey,
  statementPeriodKey,
  statementPk,
  statementsOfAttempt,
  statementsPeriodPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { linesFromText } from '#shared/adapters/dynamodb/money/statements/line-text';
import type { StatementHeader, StatementReader } from '#shared/application/payouts/ports';
import { parseRunId, parseStatementId } from '#shared/domain/ledger/money-ids';
import { isEarnedByConversion } from '#shared/domain/pay/earned-lines';
import type { StatementLine } from '#shared/domain/statement/statement';

const headerSchema = z.object({
  statementId: z.string(),
  partnerId: z.string(),
  period: periodField,
  currency: z.string(),
  ...sixAmountFields,
  writtenOffMinor: minorField.optional(),
  unsentMinor: minorField.optional(),
  digest: z.string(),
  runId: z.string(),
  attempt: z.number(),
  lineCount: z.number(),
});
const pageSchema = z.object({ sk: z.string(), lines: z.string() });

/** Reads statements; their state follows from their run. */
export function makeStatements(deps: { documents: DynamoDBDocumentClient; tableName: string }): StatementReader {
  const { documents, tableName } = deps;
  return {
    async header(programId, statementId) {
      if (!parseStatementId(statementId)) return undefined;
      const { Item } = await documents.send(
        new GetCommand({ TableName: tableName, Key: statementKey(programId, statementId), ConsistentRead: true }),
      );
      return Item && headerSchema.parse(Item);
    },
    async list(programId, run, { partnerId, after, limit }) {
      const periodPk = statementsPeriodPk(programId, run.period);
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: BY_PERIOD_INDEX,
          KeyConditionExpression: 'periodPk = :pk AND begins_with(periodSk, :prefix)',
          ExpressionAttributeValues: { ':pk': periodPk, ':prefix': statementsOfAttempt(run.attempt, partnerId) },
          ExclusiveStartKey: after === undefined ? undefined : startKey(programId, after),
          Limit: limit,
        }),
      );
      const items = Items.map((item): StatementHeader => headerSchema.parse(item));
      const last = items.at(-1);
      return LastEvaluatedKey && last ? { items, after: last.statementId } : { items };
    },
    async pages(programId, statementId, { after, limit }) {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': statementPk(programId, statementId),
            ':first': LINES_SK_PREFIX,
            ':last': `${LINES_SK_PREFIX}~`,
          },
          ExclusiveStartKey: after === undefined ? undefined : { pk: statementPk(programId, statementId), sk: after },
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      const items = Items.map((item) => pageSchema.parse(item)).map(({ sk, lines }) => ({
        sk,
        lines: linesFromText(lines),
      }));
      return { items, more: LastEvaluatedKey !== undefined };
    },
    async earnedLines(programId, statementId, { occurredAt, orderId }): Promise<readonly StatementLine[]> {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': statementPk(programId, statementId),
            ':first': CONVERSION_PAGES_FROM,
            ':last': factPageSk('1', occurredAt, orderId),
          },
          ScanIndexForward: false,
          Limit: 1,
          ConsistentRead: true,
        }),
      );
      const page = Items[0] && pageSchema.parse(Items[0]);
      if (!page) return [];
      return linesFromText(page.lines).filter((line) => isEarnedByConversion(line) && line.conversionId === orderId);
    },
  };

  /** An index wants both its own key and the table's. */
  function startKey(programId: string, statementId: string): Record<string, string> | undefined {
    const parts = parseStatementId(statementId);
    const run = parts && parseRunId(parts.runId);
    if (!run) return undefined;
    const { period, attempt } = run;
    return {
      ...statementKey(programId, statementId),
      ...statementPeriodKey(programId, period, { ...parts, attempt }),
    };
  }
}
