import { describe, expect, it } from 'vitest';
import { FactsChanged } from '#shared/application/payouts/runs/stop-run';
import type { Period } from '#shared/domain/time/instant';
import { FEBRUARY, JANUARY } from '#test/support/builders/runs';
import { aPaidHouse, close, makeCrashPoints, type PaidHouse, sell, settle } from './crash-points.ts';
import { PROGRAM_ID } from './house.ts';
import { faultsOf, finalStatements } from './invariants.ts';

const MARCH = '2026-03' as Period;
const LATE = {
  programId: PROGRAM_ID,
  payoutId: 'po~2026-01.1~sandbox~GBP',
  outcome: 'returned',
  reason: 'closed',
} as const;

/** January is paid and settled; its sandbox payout of 10.00 comes back when February's run reaches `phase`. */
async function withReturnAt(phase: string): Promise<PaidHouse> {
  const points = makeCrashPoints(undefined);
  const house = aPaidHouse(points);
  await house.ready();
  let isBack = false;
  const comesBack = async (reached: string): Promise<void> => {
    if (reached !== phase || isBack) return;
    isBack = true;
    await house.settle(LATE);
  };
  for (const period of [JANUARY, FEBRUARY, MARCH]) {
    await sell(house, period);
    await close(house, period, points, period === FEBRUARY ? comesBack : () => {});
    if (period === FEBRUARY) await comesBack('over');
    // Nothing else comes back or fails.
    await settle(house, period === FEBRUARY ? JANUARY : period, points);
    await settleAll(house);
    expect(await faultsOf(house), `${period}, return at ${phase}`).toEqual([]);
  }
  return house;
}

async function settleAll(house: PaidHouse): Promise<void> {
  for (const { payoutId, status } of house.fake.stored.values()) {
    if (status === 'submitted') await house.settle({ programId: PROGRAM_ID, payoutId, outcome: 'settled' });
  }
}

async function payablesOf(house: PaidHouse): Promise<readonly (readonly [string, bigint, bigint])[]> {
  const statements = await finalStatements(house);
  return statements
    .filter(({ header }) => header.partnerId === 'sandbox')
    .map(({ header }) => [header.period, header.openingBalanceMinor, header.payableMinor] as const);
}

describe('a payout that comes back late', () => {
  it.each(['open', 'plan', 'compute'])(
    'before the next run is computed (at its %s) opens that run’s statement, and is paid by it',
    async (phase) => {
      expect(await payablesOf(await withReturnAt(phase))).toEqual([
        ['2026-01', 0n, 1_000n],
        ['2026-02', 1_000n, 2_000n],
        ['2026-03', 0n, 1_000n],
      ]);
    },
  );

  it.each(['recount', 'summarise', 'request', 'decide', 'post', 'submit', 'write files', 'complete', 'over'])(
    'after the next run was computed (at its %s) leaves that run as it was approved, and is paid by the one after',
    async (phase) => {
      expect(await payablesOf(await withReturnAt(phase))).toEqual([
        ['2026-01', 0n, 1_000n],
        ['2026-02', 0n, 1_000n],
        ['2026-03', 1_000n, 2_000n],
      ]);
    },
  );

  it('between two tries of one computation ends the attempt, which another one takes up with the money in it', async () => {
    const calm = makeCrashPoints(undefined);
    const write = await lastHeader(calm);
    const points = makeCrashPoints({ write, ending: 'after' });
    const house = aPaidHouse(points);
    await house.ready();
    await sell(house, JANUARY);
    await close(house, JANUARY, points, () => {});
    await settleAll(house);
    await sell(house, FEBRUARY);
    const resumed: typeof points.resumed = async (_house, work) => {
      let isBack = false;
      return points.resumed(house, async () => {
        // The second try: the statement's header is stored with the opening balance from before.
        if (isBack) await house.settle(LATE);
        isBack = true;
        return work();
      });
    };
    await expect(close(house, FEBRUARY, { resumed }, points.enter)).rejects.toThrow(FactsChanged);
    points.enter(undefined);
    expect(await house.stored().runs.get(PROGRAM_ID, '2026-02.1')).toMatchObject({ status: 'failed' });
    expect((await house.programs.get(PROGRAM_ID)).closedThrough).toBe(JANUARY);
    house.time.now += 24 * 3_600_000;
    await close(house, FEBRUARY, points, () => {});
    await settleAll(house);
    expect(await payablesOf(house)).toEqual([
      ['2026-01', 0n, 1_000n],
      ['2026-02', 1_000n, 2_000n],
    ]);
    expect(await faultsOf(house)).toEqual([]);
  });
});

/** Which write of February stores the last header: all are there, and no result says so yet. */
async function lastHeader(calm: ReturnType<typeof makeCrashPoints>): Promise<number> {
  const house = aPaidHouse(calm);
  await house.ready();
  await sell(house, JANUARY);
  await close(house, JANUARY, calm, () => {});
  await sell(house, FEBRUARY);
  let write = 0;
  const enter = (phase: string): void => {
    calm.enter(phase);
    if (phase === 'recount') write = calm.passed.lastIndexOf('compute putHeader') + 1;
  };
  await close(house, FEBRUARY, calm, enter);
  return write;
}
