import { describe, expect, it } from 'vitest';
import { DECEMBER, FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';
import { aSimulatedProgramme, ask, cost, partner, sale } from '#test/support/builders/simulated-programme';

describe('simulating a plan', () => {
  it('answers each partner and currency, the totals, and the runs it was compared with', async () => {
    const { simulating } = await aSimulatedProgramme(
      [
        sale('o1', { partnerId: 'p2' }),
        sale('o2', { partnerId: 'p1', currency: 'USD', amountMinor: 333n }),
        sale('o3', { partnerId: 'p1', occurredAt: instant('2026-01-16T00:00:00Z') }),
      ],
      [partner('p1'), partner('p2'), partner('p3')],
    );
    const answer = await simulating()(ask);
    const ranked = (...row: Parameters<typeof cost>) => ({ ...cost(...row), changeBps: expect.any(BigInt) });
    expect(answer).toMatchObject({
      plan: { kind: 'published', planVersion: 2 },
      from: JANUARY,
      to: JANUARY,
      months: [{ period: JANUARY, runId: '2026-01.1' }],
      totals: [
        {
          currency: 'GBP',
          paidEarnedMinor: 2_000n,
          simulatedEarnedMinor: 3_000n,
          differenceMinor: 1_000n,
          better: 2,
          worse: 0,
          same: 1,
        },
        {
          currency: 'USD',
          paidEarnedMinor: 33n,
          simulatedEarnedMinor: 50n,
          differenceMinor: 17n,
          better: 1,
          worse: 0,
          same: 0,
        },
      ],
      items: [
        cost('p1', 'GBP', 1_000n, 1_500n),
        cost('p1', 'USD', 33n, 50n),
        cost('p2', 'GBP', 1_000n, 1_500n),
        cost('p3', 'GBP', 0n, 0n),
      ],
      winners: [
        ranked('p1', 'GBP', 1_000n, 1_500n),
        ranked('p2', 'GBP', 1_000n, 1_500n),
        ranked('p1', 'USD', 33n, 50n),
      ],
      losers: [],
      mismatches: [],
    });
  });

  it('adds the months up, each by its own statement', async () => {
    const { simulating, close } = await aSimulatedProgramme([
      sale('o1'),
      sale('o2', { period: FEBRUARY, occurredAt: instant('2026-02-15T12:00:00Z'), amountMinor: 5n }),
    ]);
    await close(FEBRUARY);
    const { items, months } = await simulating()({ ...ask, to: FEBRUARY });
    // 5 at 10 % is 0, half to even; at 15 % it is 1.
    expect(items).toEqual([cost('p1', 'GBP', 1_000n, 1_501n)]);
    expect(months.map(({ runId }) => runId)).toEqual(['2026-01.1', '2026-02.1']);
  });

  it('leaves the gaps between agreements unpaid', async () => {
    const sales = [sale('o1'), sale('o2', { occurredAt: instant('2026-01-20T12:00:00Z') })];
    const { simulating } = await aSimulatedProgramme(sales, [partner('p1', '2026-01-18T00:00:00Z')]);
    expect((await simulating()(ask)).items).toEqual([cost('p1', 'GBP', 1_000n, 1_500n)]);
  });

  it('compares with the attempt that was approved, not with one that was rejected', async () => {
    const sales = [sale('o1')];
    const { half, simulating, close } = await aSimulatedProgramme(sales);
    const run = await half.toDecision(FEBRUARY);
    const contentHash = run.contentHash!;
    await half.decide({
      programId: 'acme',
      runId: run.runId,
      by: 'person:a',
      requestId: 'no',
      decision: 'reject',
      contentHash,
      comment: 'a sale is missing',
    });
    sales.push(sale('o2', { period: FEBRUARY, occurredAt: instant('2026-02-15T12:00:00Z') }));
    half.time.now += 1;
    await close(FEBRUARY);
    const { items, months } = await simulating()({ ...ask, from: FEBRUARY, to: FEBRUARY });
    expect(items).toEqual([cost('p1', 'GBP', 1_000n, 1_500n)]);
    expect(months).toEqual([{ period: FEBRUARY, runId: '2026-02.2' }]);
  });
});

describe('a simulation is refused', () => {
  it('for a plan version that was never published', async () => {
    const { simulating } = await aSimulatedProgramme([]);
    await expect(simulating()({ ...ask, planVersion: 3 })).rejects.toMatchObject({
      code: 'unknown_plan_version',
      errors: [{ pointer: '/planVersion' }],
    });
  });

  it.each([
    ['before the books opened', DECEMBER, JANUARY, DECEMBER, '/from'],
    ['that is not closed', JANUARY, FEBRUARY, FEBRUARY, '/to'],
  ])('over a month %s, which it names', async (_why, from, to, period, pointer) => {
    const { simulating } = await aSimulatedProgramme([]);
    await expect(simulating()({ ...ask, from, to })).rejects.toMatchObject({
      code: 'period_not_closed',
      errors: [{ pointer }],
      extra: { period },
    });
  });

  it('over a month whose run awaits its decision: a draft may still change', async () => {
    const { half, simulating } = await aSimulatedProgramme([]);
    await half.toDecision(FEBRUARY);
    await expect(simulating()({ ...ask, to: FEBRUARY })).rejects.toMatchObject({ code: 'period_not_closed' });
  });
});
