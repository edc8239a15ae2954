import { describe, expect, it } from 'vitest';
import { makeListNegativeBalances } from '#shared/application/payouts/ledger/list-negative-balances';
import type { Period } from '#shared/domain/time/instant';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { instant, JANUARY } from '#test/support/builders/runs';

const debt = (minor: bigint) => [{ currency: 'GBP', payableMinor: -minor, reservedMinor: 0n }];

async function aDebtor(owed: bigint, program: Parameters<typeof aClosingHalf>[0]['program'] = {}) {
  const partners = ['p1', 'p2'].map((partnerId) => ({ partnerId, agreements: [], tiers: [] }));
  const half = aClosingHalf({ partners, program: { programId: 'acme', ...program } });
  await half.ready();
  half.balances.set('p1', debt(owed));
  const writeOff = (adjustmentId: string, amountMinor?: bigint, partnerId = 'p1') =>
    half.writeOff({
      programId: 'acme',
      adjustmentId,
      partnerId,
      currency: 'GBP',
      amountMinor,
      reason: 'gone',
      by: 'person:f',
    });
  const approve = (adjustmentId: string, by = 'person:second') =>
    half.decideAdjustment({ programId: 'acme', adjustmentId, decision: 'approve', by });
  const statements = async () => (await half.list({ programId: 'acme', limit: 50 })).items;
  return { half, writeOff, approve, statements };
}

describe('writing off what a partner owes', () => {
  it('takes two people unless the programme says otherwise, and lands in the month that is due', async () => {
    const { writeOff, approve } = await aDebtor(900n);
    expect(await writeOff('w')).toMatchObject({ status: 'proposed', amountMinor: 900n, reasonCode: 'write_off' });
    expect(await approve('w')).toMatchObject({ status: 'recorded', period: JANUARY });
    const { writeOff: alone } = await aDebtor(900n, {
      controls: { writeOffLimitMinor: 500n, negativeBalanceAgeMonths: 3, disputeAnswerDays: 10 },
    });
    expect((await alone('x', 500n)).status).toBe('recorded');
    expect((await alone('y', 1n)).status).toBe('proposed');
  });

  it('is refused above what is owed, what is being written off included, and when nothing is', async () => {
    const { writeOff, approve } = await aDebtor(900n);
    await expect(writeOff('a', 901n)).rejects.toMatchObject({
      code: 'write_off_exceeds_debt',
      extra: { owedMinor: 900n },
    });
    await expect(writeOff('b', 5n, 'p2')).rejects.toMatchObject({ code: 'nothing_owed' });
    await expect(writeOff('c', 5n, 'nobody')).rejects.toMatchObject({ code: 'unknown_partner' });
    await writeOff('d', 600n);
    await approve('d');
    await expect(writeOff('e', 301n)).rejects.toMatchObject({ code: 'write_off_exceeds_debt' });
    expect(await writeOff('d', 600n)).toMatchObject({ adjustmentId: 'd', status: 'recorded' });
  });

  it('is refused for what only waits in payouts that were not sent: nobody was paid it', async () => {
    const { half, writeOff, approve, statements } = await aDebtor(0n);
    half.balances.set('p1', [{ currency: 'GBP', payableMinor: 0n, reservedMinor: 1_000n }]);
    await expect(writeOff('a')).rejects.toMatchObject({ code: 'nothing_owed' });
    half.balances.set('p1', [{ currency: 'GBP', payableMinor: -300n, reservedMinor: 1_000n }]);
    await expect(writeOff('b', 301n)).rejects.toMatchObject({ extra: { owedMinor: 300n } });
    expect(await writeOff('c')).toMatchObject({ amountMinor: 300n });
    await approve('c');
    // What came meanwhile leaves no debt: the payout may still be sent in full.
    half.balances.set('p1', [{ currency: 'GBP', payableMinor: 0n, reservedMinor: 1_000n }]);
    await half.toDecision(JANUARY);
    expect((await statements())[0]).toMatchObject({ adjustmentMinor: 0n, closingBalanceMinor: -1_000n });
  });

  it('waits for a second person when its maker acts for the partner, whatever the limit', async () => {
    const { half } = await aDebtor(900n, {
      controls: { writeOffLimitMinor: 5_000n, negativeBalanceAgeMonths: 3, disputeAnswerDays: 10 },
    });
    const given = { programId: 'acme', partnerId: 'p1', currency: 'GBP', amountMinor: 5n, reason: 'r', by: 'person:f' };
    expect((await half.writeOff({ ...given, adjustmentId: 'a', ownPartners: ['p1'] })).status).toBe('proposed');
    expect((await half.writeOff({ ...given, adjustmentId: 'b', ownPartners: ['p2'] })).status).toBe('recorded');
  });

  it('books no more than is owed when two were approved at once, or the debt has shrunk since', async () => {
    const { half, writeOff, approve, statements } = await aDebtor(900n);
    await Promise.all([writeOff('a', 900n), writeOff('b', 900n)]);
    await Promise.all([approve('a'), approve('b')]);
    half.balances.set('p1', debt(700n));
    await half.toDecision(JANUARY);
    expect((await statements())[0]).toMatchObject({
      partnerId: 'p1',
      adjustmentMinor: 700n,
      writtenOffMinor: 700n,
      payableMinor: 0n,
      closingBalanceMinor: 0n,
    });
  });

  it('lands in the next month when it is approved while the run of its own is open, which it leaves alone', async () => {
    const { half, writeOff, approve, statements } = await aDebtor(900n);
    expect(await writeOff('late')).toMatchObject({ status: 'proposed', period: JANUARY });
    const run = await half.toDecision(JANUARY);
    expect(await approve('late')).toMatchObject({ status: 'recorded', period: '2026-02' });
    await half.recount({ programId: 'acme', runId: run.runId, shard: '000000' });
    expect((await statements())[0]).toMatchObject({ adjustmentMinor: 0n, closingBalanceMinor: -900n });
    expect((await half.approve(run, 'person:second')).given).toHaveLength(1);
  });

  it('keeps its maker from approving the run that books it, and not the second pair of eyes', async () => {
    const { half, writeOff, approve } = await aDebtor(900n);
    await writeOff('a');
    await approve('a');
    const run = await half.toDecision(JANUARY);
    await expect(half.approve(run, 'person:f')).rejects.toMatchObject({ extra: { reason: 'made_an_adjustment' } });
    expect((await half.approve(run, 'person:second')).given).toHaveLength(1);
  });
});

describe('the summary of a run', () => {
  it('shows what waits for a second person, by currency, from its month and before', async () => {
    const { half, writeOff } = await aDebtor(900n);
    await writeOff('a', 100n);
    await writeOff('b', 200n);
    const run = await half.toDecision(JANUARY);
    expect(run.anomalies).toContainEqual({ kind: 'adjustments_pending', currency: 'GBP', count: 2, amountMinor: 300n });
  });

  it('names no aged debt where the balance is covered by payouts that were not sent', async () => {
    const { half } = await aDebtor(0n, {
      controls: { writeOffLimitMinor: 0n, negativeBalanceAgeMonths: 0, disputeAnswerDays: 10 },
    });
    const agedWith = async (payableMinor: bigint, month: Period) => {
      half.balances.set('p1', [{ currency: 'GBP', payableMinor, reservedMinor: 40n }]);
      half.time.now = Date.parse(`2026-0${Number(month.slice(5)) + 1}-02T08:00:00Z`);
      const run = await half.toDecision(month);
      for (const by of ['person:a', 'person:b']) await half.approve(run, by);
      await half.paid(run);
      return run.anomalies.flatMap((one) => (one.kind === 'aged_negative_balance' ? [one.amountMinor] : []));
    };
    expect(await agedWith(0n, JANUARY)).toEqual([]);
    expect(await agedWith(0n, '2026-02' as Period)).toEqual([]);
    expect(await agedWith(-7n, '2026-03' as Period)).toEqual([-7n]);
  });

  it('shows a debt once it is older than allowed, and lists it with its age', async () => {
    const { half } = await aDebtor(0n, {
      controls: { writeOffLimitMinor: 0n, negativeBalanceAgeMonths: 1, disputeAnswerDays: 10 },
    });
    half.balances.clear();
    await half.adjust({
      programId: 'acme',
      adjustmentId: 'minus',
      partnerId: 'p1',
      amountMinor: -40n,
      currency: 'GBP',
      occurredAt: instant('2026-01-05T00:00:00Z'),
      reason: 'overpaid',
      by: 'person:f',
    });
    const aged = [];
    for (const month of ['2026-01', '2026-02', '2026-03'] as Period[]) {
      half.time.now = Date.parse(`2026-0${Number(month.slice(5)) + 1}-02T08:00:00Z`);
      const run = await half.toDecision(month);
      aged.push(run.anomalies.filter(({ kind }) => kind === 'aged_negative_balance'));
      for (const by of ['person:a', 'person:b']) await half.approve(run, by);
      await half.paid(run);
      half.balances.set('p1', debt(40n));
    }
    const since = '2026-02-01T00:00:00.000Z';
    expect(aged).toEqual([
      [],
      [],
      [{ kind: 'aged_negative_balance', partnerId: 'p1', currency: 'GBP', amountMinor: -40n, since }],
    ]);
    const { runs, shards, statements } = half.money;
    const list = makeListNegativeBalances({
      programs: half.programs,
      runs,
      shards,
      statements,
      balances: { of: async (_programId, partnerId) => half.balances.get(partnerId) ?? [] },
      clock: () => half.time.now,
    });
    const item = {
      partnerId: 'p1',
      currency: 'GBP',
      balanceMinor: -40n,
      sincePeriod: '2026-01',
      since,
      ageMonths: 2,
      aged: true,
    };
    expect(await list({ programId: 'acme', limit: 10 })).toEqual({ items: [item] });
    expect((await list({ programId: 'acme', limit: 10, aged: false })).items).toEqual([]);
    await expect(list({ programId: 'acme', limit: 10, cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    half.balances.set('p1', [{ currency: 'GBP', payableMinor: -10n, reservedMinor: 30n }]);
    expect((await list({ programId: 'acme', limit: 10 })).items).toMatchObject([{ balanceMinor: -10n }]);
    half.balances.set('p1', [{ currency: 'GBP', payableMinor: 0n, reservedMinor: 40n }]);
    expect((await list({ programId: 'acme', limit: 10 })).items).toEqual([]);
    half.balances.set('p1', debt(-10n));
    expect((await list({ programId: 'acme', limit: 10 })).items).toEqual([]);
  });
});
