import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryAsStored, entryItem, makeJournal } from '#shared/adapters/dynamodb/money/ledger/journal';
import { decisionKey } from '#shared/adapters/dynamodb/money/money-keys';
import { makeRunDecisions } from '#shared/adapters/dynamodb/money/runs/run-decisions';
import type { JournalEntry } from '#shared/domain/ledger/journal';
import { HASH, instant } from '#test/support/builders/runs';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

const ENTRY: JournalEntry = {
  entryId: 'post~2026-01.1~p1~GBP',
  programId: 'acme',
  partnerId: 'p1',
  postedAt: instant('2026-02-01T09:00:00Z'),
  kind: 'statement',
  currency: 'GBP',
  postings: [
    { account: 'expense:commission', amountMinor: 100n },
    { account: 'partner:p1:payable', amountMinor: -101n },
  ],
  links: {},
  description: 'a digit was flipped',
};

const AT = instant('2026-02-02T09:00:00Z');

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

describe('what a proof reads of the Money table', () => {
  it('are the decisions of a run, each kept under its person and apart from the run', async () => {
    const keep = (runId: string, by: string, decision: 'approve' | 'reject', holds = ['p1']): Promise<unknown> => {
      const said = { by, at: AT, signedInAt: AT, decision, contentHash: HASH, holds };
      const Item = { ...decisionKey('acme', runId, by), type: 'decision', ...said };
      return table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
    };
    await keep('2026-01.1', 'person:b', 'approve');
    await keep('2026-01.1', 'person:a', 'approve');
    await keep('2026-01.2', 'person:a', 'reject', []);
    const decisions = makeRunDecisions(table);
    expect(await decisions.ofRun('acme', '2026-01.1')).toEqual([
      { by: 'person:a', at: AT, signedInAt: AT, decision: 'approve', contentHash: HASH, holds: ['p1'] },
      { by: 'person:b', at: AT, signedInAt: AT, decision: 'approve', contentHash: HASH, holds: ['p1'] },
    ]);
    expect(await decisions.ofRun('acme', '2026-02.1')).toEqual([]);
  });

  it('is an entry that does not sum to zero, at which every other reader stops', async () => {
    await table.documents.send(new PutCommand({ TableName: table.tableName, Item: entryItem(ENTRY) }));
    await expect(collect(makeJournal(table).ofPartner('acme', 'p1'))).rejects.toThrow('do not sum to zero');
    const asStored = makeJournal({ ...table, parse: entryAsStored });
    expect(await collect(asStored.ofPartner('acme', 'p1'))).toEqual([ENTRY]);
    expect(await collect(asStored.ofMonth('acme', '2026-02'))).toEqual([ENTRY]);
  });
});
