import { describe, expect, it } from 'vitest';
import { toJson } from '#functions/runtime/http';
import { makeLateRefunds } from '#shared/application/payouts/statements/late-refunds';
import type { RefundFact } from '#shared/application/referral-facts';
import { statementIdOf } from '#shared/domain/ledger/money-ids';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { aHalf, factsWith, of, PLAN, partner, sale } from '#test/support/builders/computed-run';
import { instant, JANUARY } from '#test/support/builders/runs';

describe('computing a run', () => {
  it('states every partner in the programme currency, and another currency where there is a fact or a balance', async () => {
    const half = await aHalf(
      [sale('o1'), sale('o2', { currency: 'USD', occurredAt: instant('2026-01-16T00:00:00Z') })],
      ['p1', 'p2', 'p3'],
    );
    half.balances.set('p2', [
      { currency: 'EUR', payableMinor: 900n, reservedMinor: 200n },
      { currency: 'JPY', payableMinor: 5n, reservedMinor: 5n },
    ]);
    await half.toDecision(JANUARY);
    const { items } = await of(half);
    expect(items.map(({ statementId, payableMinor, state }) => [statementId, payableMinor, state])).toEqual([
      ['2026-01.1~p1~GBP', 1_500n, 'draft'],
      ['2026-01.1~p1~USD', 1_000n, 'draft'],
      ['2026-01.1~p2~EUR', 700n, 'draft'],
      ['2026-01.1~p2~GBP', 0n, 'draft'],
      ['2026-01.1~p3~GBP', 0n, 'draft'],
    ]);
  });

  it('sums the run up by currency', async () => {
    const half = await aHalf([sale('o1'), sale('o2', { partnerId: 'p2' })], ['p1', 'p2', 'p3']);
    const run = await half.toDecision(JANUARY);
    expect(run.totals).toEqual([
      {
        currency: 'GBP',
        statements: 3,
        partners: 2,
        earnedMinor: 3_000n,
        clawbackMinor: 0n,
        adjustmentMinor: 0n,
        openingBalanceMinor: 0n,
        payableMinor: 3_000n,
        closingBalanceMinor: 0n,
      },
    ]);
    expect(run.contentHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('tells the approvers of a month whose sales all earn nothing, and not of one without sales', async () => {
    const own = { earnsNothing: 'self_referral' } as const;
    const half = await aHalf([sale('o1', own), sale('o2', { ...own, currency: 'USD' })], ['p1', 'p2']);
    expect((await half.toDecision(JANUARY)).anomalies).toEqual([
      { kind: 'nothing_earned', currency: 'GBP' },
      { kind: 'nothing_earned', currency: 'USD' },
    ]);
    expect((await (await aHalf([], ['p1'])).toDecision(JANUARY)).anomalies).toEqual([]);
  });

  it('writes the same bytes when a shard is computed twice, and the hash follows from them', async () => {
    const sales = [sale('o1'), sale('o2', { partnerId: 'p2' })];
    const [one, two] = [await aHalf(sales, ['p1', 'p2']), await aHalf(sales, ['p1', 'p2'])];
    const { runId } = await two.open({ programId: 'acme', period: JANUARY, by: 'person:opener', requestId: 'r' });
    const { shards } = await two.plan({ programId: 'acme', runId });
    expect(await two.plan({ programId: 'acme', runId })).toEqual({ phase: 'compute', shards });
    for (const shard of [...shards, ...shards]) await two.compute({ programId: 'acme', runId, shard });
    await two.summarise({ programId: 'acme', runId });
    await two.summarise({ programId: 'acme', runId });
    const first = await one.toDecision(JANUARY);
    expect((await two.money.runs.get('acme', runId))?.contentHash).toBe(first.contentHash);
  });

  it('has another content hash for a penny more', async () => {
    const one = await (await aHalf([sale('o1')])).toDecision(JANUARY);
    const other = await (await aHalf([sale('o1', { amountMinor: 10_010n })])).toDecision(JANUARY);
    expect(one.contentHash).not.toBe(other.contentHash);
  });

  it('cuts partners into shards of fifty', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `p${String(index).padStart(3, '0')}`);
    const half = await aHalf([], ids);
    const { runId } = await half.open({ programId: 'acme', period: JANUARY, by: 'person:opener', requestId: 'r' });
    const { shards } = await half.plan({ programId: 'acme', runId });
    const sizes = await Promise.all(
      shards.map(async (shard) => (await half.money.shards.partnerIds('acme', runId, shard)).length),
    );
    expect(sizes).toEqual([50, 50, 1]);
  });

  it('comes to a decision for a programme without partners', async () => {
    const run = await (await aHalf([], [])).toDecision(JANUARY);
    expect(run).toMatchObject({ status: 'awaiting_decision', totals: [] });
  });

  it('ends the run, with the reason, when a fact comes into sight after the computation', async () => {
    const sales = [sale('o1')];
    const half = await aHalf(sales);
    const { runId } = await half.open({ programId: 'acme', period: JANUARY, by: 'person:opener', requestId: 'r' });
    await half.plan({ programId: 'acme', runId });
    await half.compute({ programId: 'acme', runId, shard: '000000' });
    sales.push(sale('o2'));
    await expect(half.recount({ programId: 'acme', runId, shard: '000000' })).rejects.toMatchObject({
      name: 'FactsChanged',
    });
    const run = await half.money.runs.get('acme', runId);
    expect(run).toMatchObject({ status: 'failed', failures: [{ during: 'computing' }] });
    expect(run?.failures[0]?.reason).toContain('1 facts, now there are 2');
    half.time.now += 1;
    expect(await half.toDecision(JANUARY)).toMatchObject({ runId: '2026-01.2', totals: [{ earnedMinor: 3_000n }] });
  });

  const aRefund = (refundId: string, orderId: string, overrides: Partial<RefundFact> = {}): RefundFact => ({
    refundId,
    orderId,
    partnerId: 'p1',
    kind: 'refund',
    occurredAt: instant('2026-01-20T00:00:00Z'),
    period: JANUARY,
    amountMinor: 4_000n,
    currency: 'GBP',
    late: false,
    ...overrides,
  });

  it('ends the run when a netted amount comes into sight after the computation, though the facts are as many', async () => {
    const sales = [sale('o1')];
    const half = await aHalf(sales);
    const { runId } = await half.open({ programId: 'acme', period: JANUARY, by: 'person:opener', requestId: 'r' });
    await half.plan({ programId: 'acme', runId });
    await half.compute({ programId: 'acme', runId, shard: '000000' });
    sales[0] = sale('o1', { nettedMinor: 4_000n });
    await expect(half.recount({ programId: 'acme', runId, shard: '000000' })).rejects.toMatchObject({
      name: 'FactsChanged',
      message: expect.stringContaining('of these some have changed'),
    });
    expect(await half.money.runs.get('acme', runId)).toMatchObject({ status: 'failed' });
    expect((await half.money.programs.get('acme'))?.closedThrough).toBe('2025-12');
  });

  it('ends the run when the index shows a refund, but its sale as it was before the refund', async () => {
    const refunds = [aRefund('r1', 'o1'), aRefund('r2', 'o2')];
    const stored = new Map([
      ['o1', sale('o1', { nettedMinor: 4_000n })],
      ['o2', sale('o2', { nettedMinor: 4_000n, period: '2026-02' as typeof JANUARY })],
    ]);
    const shown = [sale('o1', { nettedMinor: 4_000n })];
    const half = aClosingHalf({
      partners: [partner('p1')],
      plans: new Map([[1, PLAN]]),
      facts: {
        ...factsWith(shown),
        async *refunds() {
          yield* refunds;
        },
        order: async (_programId, orderId) => {
          const conversion = stored.get(orderId);
          return conversion && { conversion, refunds: [] };
        },
      },
    });
    await half.ready();
    shown[0] = sale('o1');
    await expect(half.toDecision(JANUARY)).rejects.toMatchObject({
      name: 'FactsChanged',
      message: expect.stringContaining('Order o1'),
    });
    expect(await half.money.runs.get('acme', '2026-01.1')).toMatchObject({ status: 'failed' });
    shown[0] = sale('o1', { nettedMinor: 4_000n });
    half.time.now += 1;
    expect(await half.toDecision(JANUARY)).toMatchObject({ totals: [{ earnedMinor: 1_100n }] });
  });

  it('ends the run when a partner came into sight after its shards were cut', async () => {
    const hidden = new Set(['p2']);
    const half = aClosingHalf({
      partners: ['p1', 'p2'].map(partner),
      plans: new Map([[1, PLAN]]),
      facts: factsWith([sale('o1'), sale('o2', { partnerId: 'p2' })]),
      hidden,
    });
    await half.ready();
    const { runId } = await half.open({ programId: 'acme', period: JANUARY, by: 'person:opener', requestId: 'r' });
    await half.plan({ programId: 'acme', runId });
    await half.compute({ programId: 'acme', runId, shard: '000000' });
    hidden.clear();
    await expect(half.summarise({ programId: 'acme', runId })).rejects.toMatchObject({ name: 'FactsChanged' });
    const run = await half.money.runs.get('acme', runId);
    expect(run).toMatchObject({ status: 'failed', failures: [{ reason: expect.stringContaining('Partner p2') }] });
    expect(await half.toDecision(JANUARY)).toMatchObject({ runId: '2026-01.2', totals: [{ statements: 2 }] });
  });

  it('states no partner that was enrolled after the close, unless the closed month was stamped on it', async () => {
    const hidden = new Set(['p2', 'p3']);
    const enrolledAt = new Map(['p2', 'p3'].map((id) => [id, instant('2026-02-01T08:00:30Z')]));
    const half = aClosingHalf({
      partners: [
        partner('p1'),
        {
          ...partner('p2'),
          agreements: [{ from: instant('2026-02-01T00:00:00Z'), planVersion: 1, sequence: 1 }],
        },
        partner('p3'),
      ],
      plans: new Map([[1, PLAN]]),
      hidden,
      enrolledAt,
    });
    await half.ready();
    const { runId } = await half.open({ programId: 'acme', period: JANUARY, by: 'person:opener', requestId: 'r' });
    await half.plan({ programId: 'acme', runId });
    await half.compute({ programId: 'acme', runId, shard: '000000' });
    hidden.delete('p2');
    await half.summarise({ programId: 'acme', runId });
    expect(await half.money.runs.get('acme', runId)).toMatchObject({ totals: [{ statements: 1 }] });
    hidden.delete('p3');
    await expect(half.summarise({ programId: 'acme', runId })).rejects.toThrow('Partner p3');
  });

  it('ends the run when an earlier try left a page that the facts no longer lead to', async () => {
    const sales = [sale('o2')];
    const half = await aHalf(sales);
    const { runId } = await half.open({ programId: 'acme', period: JANUARY, by: 'person:opener', requestId: 'r' });
    await half.plan({ programId: 'acme', runId });
    const crashed = half.money.newWriter();
    await crashed.putLines('acme', statementIdOf(runId, 'p1', 'GBP'), {
      section: '1',
      first: { occurredAt: instant('2026-01-15T12:00:00Z'), factId: 'o1' },
      lines: [],
    });
    await expect(half.compute({ programId: 'acme', runId, shard: '000000' })).rejects.toMatchObject({
      name: 'FactsChanged',
    });
    expect(await half.money.runs.get('acme', runId)).toMatchObject({ status: 'failed' });
  });

  describe('of amounts beyond 2^53 - 1', () => {
    const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);
    const adjust = (
      half: Awaited<ReturnType<typeof aHalf>>,
      partnerId: string,
      adjustmentId: string,
      minor = LARGEST,
    ) =>
      half.adjust({
        programId: 'acme',
        adjustmentId,
        partnerId,
        amountMinor: minor,
        currency: 'GBP',
        occurredAt: instant('2026-01-20T00:00:00Z'),
        reason: 'A typing error',
        by: 'person:finance',
      });
    const failedWith = async (half: Awaited<ReturnType<typeof aHalf>>, runId: string, reason: string) => {
      await expect(half.toDecision(JANUARY)).rejects.toMatchObject({ name: 'AmountTooLarge' });
      const run = (await half.money.runs.get('acme', runId))!;
      expect(run).toMatchObject({ status: 'failed', failures: [{ reason: expect.stringContaining(reason) }] });
      expect(() => toJson(run)).not.toThrow();
      expect((await half.money.programs.get('acme'))?.closedThrough).toBe('2025-12');
      const { items } = await of(half);
      expect(() => toJson(items)).not.toThrow();
      half.time.now += 1;
    };

    it("takes one such amount, ends at a statement beyond them with the partner's name, and goes on once corrected", async () => {
      const half = await aHalf([], ['p1', 'p2']);
      await adjust(half, 'p2', 'a1');
      expect(await half.toDecision(JANUARY)).toMatchObject({ totals: [{ payableMinor: LARGEST }] });
      await half.end({ programId: 'acme', runId: '2026-01.1', outcome: 'failed' });
      half.time.now += 1;
      await adjust(half, 'p2', 'a2');
      await failedWith(half, '2026-01.2', 'partner p2 in GBP');
      await adjust(half, 'p2', 'a3', -LARGEST);
      expect(await half.toDecision(JANUARY)).toMatchObject({ totals: [{ adjustmentMinor: LARGEST }] });
    });

    it('ends at a total beyond them, with its currency', async () => {
      const half = await aHalf([], ['p1', 'p2']);
      await adjust(half, 'p1', 'a1');
      await adjust(half, 'p2', 'a2', 1n);
      await failedWith(half, '2026-01.1', 'all partners in GBP');
    });

    it('ends before a posting that would bring a balance beyond them', async () => {
      const half = await aHalf([]);
      half.balances.set('p1', [{ currency: 'GBP', payableMinor: LARGEST, reservedMinor: LARGEST }]);
      await adjust(half, 'p1', 'a1', 1n);
      await failedWith(half, '2026-01.1', 'balance of partner p1 in GBP');
    });
  });

  it('does not sum up a run of which a shard is missing', async () => {
    const half = await aHalf([sale('o1')]);
    const { runId } = await half.open({ programId: 'acme', period: JANUARY, by: 'person:opener', requestId: 'r' });
    await half.plan({ programId: 'acme', runId });
    await expect(half.summarise({ programId: 'acme', runId })).rejects.toThrow('0 of 1 shards');
  });

  it('does not compute a run that is past that point', async () => {
    const half = await aHalf([sale('o1')]);
    const run = await half.toDecision(JANUARY);
    await expect(half.compute({ programId: 'acme', runId: run.runId, shard: '000000' })).rejects.toThrow(
      'awaiting_decision',
    );
  });

  it('stops when a plan of an agreement is missing, instead of paying nothing', async () => {
    const half = aClosingHalf({ partners: [partner('p1')], facts: factsWith([sale('o1')]) });
    await half.ready();
    await expect(half.toDecision(JANUARY)).rejects.toThrow('plan version 1');
  });

  it('claws nothing back from a period without an approved run', async () => {
    const fact = {
      refundId: 'r1',
      orderId: 'o1',
      partnerId: 'p1',
      kind: 'refund' as const,
      occurredAt: instant('2026-02-03T00:00:00Z'),
      period: '2026-02' as typeof JANUARY,
      amountMinor: 1n,
      currency: 'GBP',
      late: true,
    };
    const find = makeLateRefunds({
      programId: 'acme',
      facts: { order: async () => ({ conversion: sale('o1'), refunds: [fact] }) },
      runs: { latestOf: async () => undefined },
      statements: { earnedLines: async () => [] },
    });
    const read = async () => {
      for await (const _ of find(
        'p1',
        (async function* () {
          yield fact;
        })(),
      ));
    };
    await expect(read()).rejects.toThrow('2026-01 has no approved run');
  });
});
