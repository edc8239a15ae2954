import { describe, expect, it } from 'vitest';
import { makeGetBalance } from '#shared/application/payouts/ledger/get-balance';
import { toInstant } from '#shared/domain/time/instant';
import { aPayingHalf, SHARD } from '#test/support/builders/paying-half';
import { anApprovedRun, aStatement, at, runsOf, sandboxPayee } from '#test/support/builders/payouts';

const PAYOUT_ID = 'po~2026-01.1~p1~GBP';

describe('a balance', () => {
  it('as of any moment of its history is what it then was', async () => {
    let now = Date.parse('2026-02-02T12:00:00Z');
    const half = aPayingHalf({
      statements: [aStatement(), aStatement({ currency: 'JPY', earnedMinor: 70n })],
      payees: { p1: sandboxPayee('return') },
      clock: () => now,
    });
    const history: { at: string; balances: unknown }[] = [];
    const steps = [
      () => half.post(SHARD),
      () => half.submit(SHARD),
      () => half.settle({ programId: 'acme', payoutId: PAYOUT_ID, outcome: 'settled' }),
      () => half.settle({ programId: 'acme', payoutId: PAYOUT_ID, outcome: 'returned' }),
    ];
    for (const step of steps) {
      await step();
      const { balances } = await half.balance({ programId: 'acme', partnerId: 'p1' });
      history.push({ at: toInstant(now), balances });
      now += 60_000;
    }
    expect(
      new Set(history.map((one) => JSON.stringify(one.balances, (_, v) => (typeof v === 'bigint' ? `${v}` : v)))).size,
    ).toBe(4);
    for (const { at, balances } of history) {
      const then = await half.balance({ programId: 'acme', partnerId: 'p1', asOf: at as never });
      expect(then.balances).toEqual(balances);
    }
  });

  it('before the first posting is empty', async () => {
    const half = aPayingHalf({ statements: [aStatement()] });
    await half.post(SHARD);
    const { balances } = await half.balance({ programId: 'acme', partnerId: 'p1', asOf: toInstant(0) });
    expect(balances).toEqual([]);
  });

  it('of a time to come is refused, as it may still change', async () => {
    const half = aPayingHalf({ statements: [aStatement()], clock: () => Date.parse('2026-02-02T12:00:00Z') });
    const ask = (asOf: string) => half.balance({ programId: 'acme', partnerId: 'p1', asOf: asOf as never });
    expect((await ask('2026-02-02T12:00:00.000Z')).balances).toEqual([]);
    await expect(ask('2026-02-02T12:00:00.001Z')).rejects.toMatchObject({
      code: 'invalid_request',
      message: 'Name a time that has come, or leave asOf out. A date means its end in UTC.',
      errors: [{ pointer: 'query:asOf', rule: 'must not be after 2026-02-02T12:00:00.000Z' }],
    });
  });

  it('beyond what a JSON number states exactly is refused with the way to read it', async () => {
    const half = aPayingHalf({ statements: [] });
    const balance = makeGetBalance({
      ...half,
      balances: { of: async () => [{ currency: 'GBP', payableMinor: 2n ** 53n, reservedMinor: 0n }] },
      runs: runsOf(anApprovedRun()),
      payees: { payeeOnRecord: async () => undefined },
      partnerExists: async () => true,
      clock: () => 0,
    });
    await expect(balance({ programId: 'acme', partnerId: 'p1' })).rejects.toMatchObject({
      code: 'amount_out_of_range',
      message: expect.stringContaining('p1 in GBP'),
    });
  });

  it('of an unknown partner is not found', async () => {
    const half = aPayingHalf({ statements: [] });
    const balance = makeGetBalance({
      ...half,
      runs: runsOf(anApprovedRun()),
      payees: { payeeOnRecord: async () => undefined },
      partnerExists: async () => false,
      clock: () => 0,
    });
    await expect(balance({ programId: 'acme', partnerId: 'x' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says why nothing of it is paid now, and nothing of the kind about the past', async () => {
    const half = aPayingHalf({ statements: [] });
    const balance = makeGetBalance({
      ...half,
      balances: { of: async () => [{ currency: 'GBP', payableMinor: 5n, reservedMinor: 0n }] },
      runs: runsOf(anApprovedRun()),
      payees: { payeeOnRecord: async () => ({ payeeId: 'c', rail: 'nacha', changedAt: at('2026-01-01T00:00:00Z') }) },
      partnerExists: async () => true,
      clock: () => Date.parse('2026-02-02T12:00:00Z'),
    });
    const asked = { programId: 'acme', partnerId: 'p1' };
    const [now] = (await balance(asked)).balances;
    expect(now).toMatchObject({ blockedReason: 'currency_unsupported', whatToDo: expect.stringContaining('GBP') });
    for (const past of (await balance({ ...asked, asOf: at('2026-02-01T00:00:00Z') })).balances) {
      expect(past).not.toHaveProperty('blockedReason');
    }
  });
});
