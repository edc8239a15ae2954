import { describe, expect, it } from 'vitest';
import { EXPENSE_COMMISSION, payableAccount } from '#shared/domain/ledger/journal';
import { aPayingHalf, SHARD } from '#test/support/builders/paying-half';
import { anApprovedRun, aStatement, bankPayee } from '#test/support/builders/payouts';

describe('posting a statement', () => {
  it('writes the entry, the balance and a payout for a partner with a payee', async () => {
    const half = aPayingHalf({ statements: [aStatement()], payees: { p1: bankPayee() } });
    expect(await half.post(SHARD)).toEqual({ posted: 1, alreadyPosted: 0 });
    expect(half.entries).toHaveLength(1);
    expect(half.entries[0]).toMatchObject({
      entryId: 'post~2026-01.1~p1~GBP',
      links: { statementId: '2026-01.1~p1~GBP', payoutId: 'po~2026-01.1~p1~GBP' },
      postings: [
        { account: EXPENSE_COMMISSION, amountMinor: 12_345n },
        { account: payableAccount('p1'), amountMinor: -12_345n },
      ],
    });
    expect([...half.stored.values()]).toMatchObject([{ status: 'created', amountMinor: 12_345n }]);
    expect(half.stored.get('po~2026-01.1~p1~GBP')?.blockedReason).toBeUndefined();
    expect(await half.balances.of('acme', 'p1')).toEqual([
      { currency: 'GBP', payableMinor: 12_345n, reservedMinor: 12_345n },
    ]);
  });

  it('posts a statement once, however often it is repeated', async () => {
    const half = aPayingHalf({ statements: [aStatement()], payees: { p1: bankPayee() } });
    await half.post(SHARD);
    half.payees.delete('p1');
    expect(await half.post(SHARD)).toEqual({ posted: 0, alreadyPosted: 1 });
    expect(half.entries).toHaveLength(1);
    expect(await half.balances.of('acme', 'p1')).toEqual([
      { currency: 'GBP', payableMinor: 12_345n, reservedMinor: 12_345n },
    ]);
  });

  it('blocks the payout of a partner without a payee, and reserves its amount', async () => {
    const half = aPayingHalf({ statements: [aStatement()] });
    await half.post(SHARD);
    expect([...half.stored.values()]).toMatchObject([{ status: 'created', blockedReason: 'payee_incomplete' }]);
    expect(await half.balances.of('acme', 'p1')).toMatchObject([{ reservedMinor: 12_345n }]);
  });

  it('makes no payout for a partner that the approvers held: its balance opens the next statement', async () => {
    const half = aPayingHalf({
      statements: [aStatement()],
      runs: [anApprovedRun({ holds: ['p1'] })],
      payees: { p1: bankPayee() },
    });
    await half.post(SHARD);
    expect(half.stored.size).toBe(0);
    expect(await half.balances.of('acme', 'p1')).toEqual([
      { currency: 'GBP', payableMinor: 12_345n, reservedMinor: 0n },
    ]);
  });

  it('books clawbacks that exceed what was earned as money the partner owes', async () => {
    const statement = aStatement({ earnedMinor: 100n, clawbackMinor: -350n, adjustmentMinor: 50n, payableMinor: 0n });
    const half = aPayingHalf({ statements: [statement], payees: { p1: bankPayee() } });
    await half.post(SHARD);
    expect(half.entries[0]?.postings).toEqual([
      { account: EXPENSE_COMMISSION, amountMinor: -200n },
      { account: payableAccount('p1'), amountMinor: 200n },
    ]);
    expect(half.stored.size).toBe(0);
    expect(await half.balances.of('acme', 'p1')).toMatchObject([{ payableMinor: -200n }]);
  });

  it('pays a carried balance in a month that moved nothing, without an entry', async () => {
    const statement = aStatement({ earnedMinor: 0n, openingBalanceMinor: 900n, payableMinor: 900n });
    const half = aPayingHalf({ statements: [statement], payees: { p1: bankPayee() } });
    expect(await half.post(SHARD)).toEqual({ posted: 1, alreadyPosted: 0 });
    expect(await half.post(SHARD)).toEqual({ posted: 0, alreadyPosted: 1 });
    expect(half.entries).toHaveLength(0);
    expect([...half.stored.values()]).toMatchObject([{ amountMinor: 900n }]);
  });

  it('moves nothing for a statement that neither moves nor pays, and yet posts it, once', async () => {
    const half = aPayingHalf({ statements: [aStatement({ earnedMinor: 0n })] });
    expect(await half.post(SHARD)).toEqual({ posted: 1, alreadyPosted: 0 });
    expect(await half.post(SHARD)).toEqual({ posted: 0, alreadyPosted: 1 });
    expect(half.entries).toEqual([]);
    expect(await half.balances.of('acme', 'p1')).toEqual([]);
  });

  it.each([{ decision: undefined }, { decision: 'reject' as const }])('refuses a run with %o', async (over) => {
    const half = aPayingHalf({ statements: [aStatement()], runs: [anApprovedRun(over)] });
    await expect(half.post(SHARD)).rejects.toMatchObject({ code: 'run_not_awaiting_decision' });
    await expect(half.submit(SHARD)).rejects.toMatchObject({ code: 'run_not_awaiting_decision' });
    await expect(half.writeFiles(SHARD)).rejects.toMatchObject({ code: 'run_not_awaiting_decision' });
    expect(half.entries).toHaveLength(0);
  });
});
