import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeStatementWriter } from '#shared/adapters/dynamodb/money/statements/statement-writer';
import { makeStatementDraft } from '#shared/application/payouts/statements/statement-draft';
import type { StatementLine } from '#shared/domain/statement/statement';
import { newHash } from '#test/support/builders/closing-half';
import { aHeader, instant, JANUARY } from '#test/support/builders/runs';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

const BUDGET_UNITS_A_LINE = 1.2;

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

/** The same client, counting the units of all that it writes. */
function counting(documents: DynamoDBDocumentClient): { documents: DynamoDBDocumentClient; units: () => number } {
  let units = 0;
  const send = async (command: { input: object }): Promise<unknown> => {
    Object.assign(command.input, { ReturnConsumedCapacity: 'INDEXES' });
    const answer = (await documents.send(command as never)) as { ConsumedCapacity?: { CapacityUnits?: number } };
    if (!(command instanceof QueryCommand)) units += answer.ConsumedCapacity?.CapacityUnits ?? Number.NaN;
    return answer;
  };
  return { documents: { send } as unknown as DynamoDBDocumentClient, units: () => units };
}

const amounts = {
  earnedMinor: 1n,
  clawbackMinor: 0n,
  adjustmentMinor: 0n,
  openingBalanceMinor: 0n,
  payableMinor: 1n,
  closingBalanceMinor: 0n,
};

it.each([
  ['a partner with three sales', 3],
  ['a partner with 2,000 sales', 2_000],
])('closes %s within the budget of write units a line', async (_name, count) => {
  const { documents, units } = counting(table.documents);
  const writer = makeStatementWriter({ documents, tableName: table.tableName, digest });
  const programId = `units-${count}`;
  const header = aHeader();
  const draft = makeStatementDraft(writer, newHash(), { ...header, programId, period: JANUARY });
  for (let index = 0; index < count; index += 1) {
    const conversionId = `INV-2026-${String(index).padStart(8, '0')}`;
    const line: StatementLine = {
      kind: 'revenue_share',
      amountMinor: 139_100n,
      componentId: 'wholesale-share',
      planVersion: 3,
      conversionId,
      baseMinor: 1_391_200n,
      rateBps: 1000,
    };
    await draft.add('1', { occurredAt: instant('2026-01-15T12:00:00Z'), factId: conversionId }, [line]);
  }
  const { lineCount, digest: sum } = await draft.finish(amounts);
  await writer.putHeader(programId, { ...header, ...amounts, lineCount, digest: sum });
  await writer.flush();
  expect(lineCount).toBe(count);
  expect(units()).toBeGreaterThan(0);
  expect(units() / lineCount).toBeLessThanOrEqual(BUDGET_UNITS_A_LINE);
});
