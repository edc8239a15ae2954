import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeRunShards } from '#shared/adapters/dynamodb/money/runs/run-shards';
import { makeStatementWriter } from '#shared/adapters/dynamodb/money/statements/statement-writer';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements/statements';
import type { LinePage, RunShards, ShardPart } from '#shared/application/payouts/ports';
import type { StatementLine } from '#shared/domain/statement/statement';
import { aHeader, instant } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

const RUN = ['acme', '2026-01.1'] as const;
let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const summary = (partnerId: string) => {
  const { period: _p, runId: _r, attempt: _a, lineCount: _l, ...rest } = aHeader({ partnerId, earnedMinor: 5n });
  return rest;
};
const aPart = (over: Partial<ShardPart> = {}): ShardPart => ({
  done: ['p1'],
  digests: { 'Sales of p1': 'd1', 'Refunds of p1': 'd2' },
  tries: { p2: 1 },
  factCount: 3,
  sales: { GBP: 3 },
  statements: [summary('p1')],
  ...over,
});

describe.each<[string, () => RunShards]>([
  ['the Money table', () => makeRunShards(table)],
  ['the fake', () => makeFakeMoney().shards],
])('shards that were cut, in %s', (_name, make) => {
  it('keep what they had come to, the last of it, apart by step', async () => {
    const shards = make();
    expect(await shards.part(...RUN, '000000', 'compute')).toBeUndefined();
    await shards.putPart(...RUN, '000000', 'compute', aPart({ done: [] }));
    await shards.putPart(...RUN, '000000', 'compute', aPart());
    expect(await shards.part(...RUN, '000000', 'compute')).toEqual(aPart());
    expect(await shards.part(...RUN, '000000', 'recount')).toBeUndefined();
    expect(await shards.part(...RUN, '000001', 'compute')).toBeUndefined();
    expect(await shards.result(...RUN, '000000')).toBeUndefined();
  });

  it('are read from a shard on', async () => {
    const shards = make();
    for (const shard of ['000002', '000000', '000001']) {
      await shards.putResult('acme', '2026-02.1', shard, { factCount: 0, factsDigest: '', statements: [] });
    }
    const names: string[] = [];
    for await (const { shard } of shards.results('acme', '2026-02.1', '000001')) names.push(shard);
    expect(names).toEqual(['000001', '000002']);
  });
});

describe('a statement that is gone on with', () => {
  const line = (amountMinor: bigint): StatementLine => ({
    kind: 'fixed_fee',
    amountMinor,
    componentId: 'c',
    planVersion: 1,
  });
  const page = (day: number, amountMinor = 1n): LinePage => ({
    section: '1',
    first: { occurredAt: instant(`2026-01-0${day}T00:00:00Z`), factId: `o${day}` },
    lines: [line(amountMinor)],
  });
  const counting = (): { documents: DynamoDBDocumentClient; puts: string[] } => {
    const puts: string[] = [];
    const send = (command: unknown): Promise<unknown> => {
      if (command instanceof PutCommand) puts.push(String(command.input.Item?.sk));
      return table.documents.send(command as never);
    };
    return { documents: { send } as unknown as DynamoDBDocumentClient, puts };
  };
  const writerOf = (documents: DynamoDBDocumentClient, resuming: boolean) =>
    makeStatementWriter({ documents, tableName: table.tableName, digest, resuming });

  it('puts only the pages that are not stored yet, and its header after all of them', async () => {
    const header = aHeader({ partnerId: 'cut' });
    const first = writerOf(table.documents, false);
    for (const day of [1, 2]) await first.putLines('acme', header.statementId, page(day));
    await first.flush();
    const { documents, puts } = counting();
    const second = writerOf(documents, true);
    for (const day of [1, 2, 3]) await second.putLines('acme', header.statementId, page(day));
    await second.putHeader('acme', { ...header, lineCount: 3 });
    await second.flush();
    expect(puts).toEqual([expect.stringContaining('o3'), 'STATEMENT']);
    const { items } = await makeStatements(table).pages('acme', header.statementId, { limit: 10 });
    expect(items.flatMap(({ lines }) => lines)).toHaveLength(3);
  });

  it('refuses a stored page that would have other bytes now', async () => {
    const { statementId } = aHeader({ partnerId: 'changed' });
    const first = writerOf(table.documents, false);
    await first.putLines('acme', statementId, page(1));
    await first.flush();
    const second = writerOf(table.documents, true);
    await second.putLines('acme', statementId, page(1, 2n));
    await expect(second.flush()).rejects.toMatchObject({ name: 'FactsChanged' });
  });
});
