import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeIndexPlaces, placeFaultsOf } from '#shared/adapters/dynamodb/money/audit/index-places';
import { entryItem } from '#shared/adapters/dynamodb/money/ledger/journal';
import { payoutItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { statementKey, statementPeriodKey } from '#shared/adapters/dynamodb/money/money-keys';
import { makeDifferences } from '#shared/application/payouts/proof/verify-differences';
import { verifyPlaces } from '#shared/application/payouts/proof/verify-places';
import type { Period } from '#shared/domain/time/instant';
import { aPayout, at } from '#test/support/builders/payouts';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

const STATEMENT = '2026-01.1~p1~GBP';
const PAYOUT = `po~${STATEMENT}`;
const header = { partnerId: 'p1', currency: 'GBP', attempt: 1 };
const JANUARY = '2026-01' as Period;
const statement = {
  ...statementKey('acme', STATEMENT),
  ...statementPeriodKey('acme', JANUARY, header),
  type: 'statement',
  period: JANUARY,
  ...header,
};
const payout = payoutItem(
  aPayout({ programId: 'acme', runId: '2026-01.1', statementId: STATEMENT, payoutId: PAYOUT, partnerId: 'p1' }),
);
const entry = entryItem({
  entryId: `post~${STATEMENT}`,
  programId: 'acme',
  partnerId: 'p1',
  postedAt: at('2026-02-01T09:00:00Z'),
  kind: 'statement',
  currency: 'GBP',
  postings: [],
  links: {},
  description: '',
});

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

async function namedWith(items: readonly Record<string, unknown>[]): Promise<readonly string[]> {
  for (const Item of items) await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
  const differences = makeDifferences();
  const given = { programId: 'acme', statementIds: [STATEMENT], partnerIds: ['p1'] };
  await verifyPlaces(makeIndexPlaces(table), given, differences);
  return differences.found.map(({ subject, field, stored }) => `${subject} ${field} ${stored}`).sort();
}

const without = ({ periodPk: _, periodSk: __, ...item }: Record<string, unknown>) => item;

it('a statement, its payout and its entry are found by the indexes, or named when they are not', async () => {
  expect(await namedWith([statement, payout, entry])).toEqual([]);
  expect(await namedWith([statement, payout, entry].map(without))).toEqual([
    'entry index key periodPk none',
    'entry index key periodSk none',
    'payout index key periodPk none',
    'payout index key periodSk none',
    'statement index key periodPk none',
    'statement index key periodSk none',
  ]);
  const moved = { ...statement, periodPk: 'acme#STATEMENTS#2026-02' };
  expect(await namedWith([moved, payout, entry])).toEqual(['statement index key periodPk acme#STATEMENTS#2026-02']);
});

it('an item whose content leads to no key is unreadable', () => {
  expect(placeFaultsOf({ ...statement, partnerId: 7 })).toMatchObject([{ field: 'index keys', stored: 'unreadable' }]);
});
