import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOpenPayouts } from '#shared/adapters/dynamodb/money/ledger/open-payouts';
import { payoutItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makeRailRequests } from '#shared/adapters/dynamodb/money/ledger/rail-requests';
import { makeRailChanges } from '#shared/adapters/dynamodb/money/programs/rail-changes';
import type { RailChange } from '#shared/application/payouts/rails/rail-setup';
import { aPayout, at } from '#test/support/builders/payouts';
import { makeFakeRailRequests } from '#test/support/fakes/rail-requests';
import { makeFakeRailChanges } from '#test/support/fakes/rail-setup';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

describe.each([
  ['on the engine', () => makeRailRequests(table)],
  ['in memory', () => makeFakeRailRequests()],
] as const)('what was sent to a rail, %s', (_name, make) => {
  const payoutId = 'po~2026-01.1~p1~EUR';
  const sent = { programId: 'acme', payoutId, rail: 'paypal', account: 'app/live', payeeId: 'd1' } as const;

  it('is kept once, by the first who sends it, in doubt until an answer is noted', async () => {
    const requests = make();
    expect(await requests.find('acme', payoutId)).toBeUndefined();
    const first = await requests.open({ ...sent, at: at('2026-02-01T00:00:00Z') });
    expect(first).toMatchObject({ isNew: true, request: { inDoubt: true } });
    const again = await requests.open({ ...sent, account: 'other', payeeId: 'd2', at: at('2026-02-02T00:00:00Z') });
    expect(again).toEqual({ isNew: false, request: first.request });

    await requests.note(sent, { inDoubt: false });
    expect(await requests.find('acme', payoutId)).toMatchObject({
      inDoubt: false,
      lastSentAt: first.request.firstSentAt,
    });
    const sentAt = at('2026-02-03T00:00:00Z');
    await requests.note(sent, { inDoubt: true, sentAt });
    await requests.note(sent, { inDoubt: false, reference: 'BATCH1' });
    await requests.note(sent, { inDoubt: true });
    expect(await requests.find('acme', payoutId)).toEqual({
      ...first.request,
      inDoubt: true,
      lastSentAt: sentAt,
      reference: 'BATCH1',
    });
    expect(await requests.find('other', payoutId)).toBeUndefined();
    await expect(requests.note({ programId: 'other', payoutId }, { inDoubt: false })).rejects.toThrow();
    // What an earlier attempt came to says nothing of the later one.
    expect(await requests.note(sent, { inDoubt: false }, first.request.firstSentAt)).toBe(false);
    expect(await requests.find('acme', payoutId)).toMatchObject({ inDoubt: true });
    expect(await requests.note(sent, { inDoubt: false }, sentAt)).toBe(true);
    expect(await requests.find('acme', payoutId)).toMatchObject({ inDoubt: false });
  });
});

describe.each([
  ['on the engine', () => makeRailChanges(table)],
  ['in memory', () => makeFakeRailChanges()],
] as const)('changes of the accounts that a programme pays from, %s', (_name, make) => {
  const change: RailChange = {
    programId: 'acme',
    rail: 'stripe',
    version: 1,
    enabled: true,
    mode: 'live',
    account: 'acct_1',
    by: 'person:ada',
    at: at('2026-02-01T00:00:00Z'),
  };

  it('are written once each, and read oldest first', async () => {
    const changes = make();
    expect(await changes.append(change)).toBe(true);
    expect(await changes.append({ ...change, account: 'acct_2' })).toBe(false);
    const later = { ...change, version: 2, enabled: false, by: 'person:bob', onBehalfOf: 'person:ada' };
    expect(await changes.append(later)).toBe(true);
    expect(await changes.append({ ...change, programId: 'other' })).toBe(true);
    expect(await changes.all('acme')).toEqual([change, later]);
    expect(await changes.all('none')).toEqual([]);
  });
});

describe('payouts whose end is not known', () => {
  it('are found by what their rail has said, and left out once it has said it all', async () => {
    const open = makeOpenPayouts(table);
    const put = (partnerId: string, over: Parameters<typeof aPayout>[0]) =>
      table.documents.send(
        new PutCommand({ TableName: table.tableName, Item: payoutItem(aPayout({ partnerId, ...over })) }),
      );
    await put('p1', { status: 'unknown', rail: 'stripe' });
    await put('p2', { status: 'created' });
    await put('p3', { status: 'submitting', rail: 'bank_file' });
    for (const partnerId of ['p4', 'p5', 'p6']) await put(partnerId, { status: 'submitted', rail: 'paypal' });
    await put('p5', { status: 'settled', rail: 'paypal' });
    await put('p7', { status: 'submitted', rail: 'nacha' });
    const partners = async (found: AsyncIterable<{ partnerId: string }>): Promise<string[]> => {
      const ids: string[] = [];
      for await (const { partnerId } of found) ids.push(partnerId);
      return ids;
    };
    expect(await partners(open.pending('acme'))).toEqual(['p1']);
    expect(await partners(open.accepted('acme'))).toEqual(['p4', 'p6']);
    expect(await partners(open.accepted('acme', aPayout({ partnerId: 'p4' }).payoutId))).toEqual(['p6']);
    expect(await open.cursor('acme')).toBeUndefined();
    await open.keepCursor('acme', 'po~x');
    expect(await open.cursor('acme')).toBe('po~x');
    expect(await open.lookedBackUntil('acme')).toBeUndefined();
    await open.keepLookedBack('acme', at('2026-03-01T09:00:00Z'));
    expect(await open.lookedBackUntil('acme')).toBe(at('2026-03-01T09:00:00Z'));
    await open.keepCursor('acme', undefined);
    expect(await open.cursor('acme')).toBeUndefined();
  });
});
