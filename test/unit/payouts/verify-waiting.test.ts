import { describe, expect, it } from 'vitest';
import type { VerifyProgramDeps } from '#shared/application/payouts/proof/verify-program';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { WaitingPayout } from '#shared/domain/run/waiting-payouts';
import { aClosedHistory } from '#test/support/builders/closed-history';

const PAYOUT_ID = 'po~2026-01.1~p2~GBP';

const named = ({ differences }: { differences: readonly object[] }): readonly string[] =>
  differences.map((difference) => Object.values(difference).join(' | '));

/** The list of a run as somebody changed it. */
function withList(
  deps: VerifyProgramDeps,
  change: (payout: WaitingPayout) => readonly WaitingPayout[],
): Partial<VerifyProgramDeps> {
  return {
    waitingLists: {
      async *all(list, shard) {
        for await (const payout of deps.waitingLists.all(list, shard)) yield* change(payout);
      },
    },
  };
}

function withFebruary(
  deps: VerifyProgramDeps,
  change: (run: PayoutRun) => Partial<PayoutRun>,
): Partial<VerifyProgramDeps> {
  const list: VerifyProgramDeps['runs']['list'] = async (...page) => {
    const read = await deps.runs.list(...page);
    return { ...read, items: read.items.map((run) => (run.runId === '2026-02.1' ? { ...run, ...change(run) } : run)) };
  };
  return { runs: { ...deps.runs, list } };
}

describe('verifying what an approval paid besides the payouts of its run', () => {
  it('finds the payouts that its approvers saw equal, and their sum', async () => {
    const { deps, verify } = await aClosedHistory({ waiting: true });
    expect(named(await verify())).toEqual([]);
    const { items } = await deps.runs.list('acme', { limit: 10 });
    expect(items[0]?.totals).toMatchObject([{ waitingPayouts: 1, waitingMinor: 1_500n }]);
    expect(items[1]?.totals[0]).not.toHaveProperty('waitingMinor');
  });

  it('names a payout of an earlier run that was paid though nobody saw it', async () => {
    const { deps, verify } = await aClosedHistory({ waiting: true });
    const differences = named(await verify(withList(deps, () => [])));
    expect(differences).toContain(`payout | ${PAYOUT_ID} | paid by run 2026-02.1 | 2026-02.1 | nothing`);
    expect(differences.some((text) => text.startsWith('run | 2026-02.1 | waitingDigest'))).toBe(true);
    expect(differences.some((text) => text.startsWith('run | 2026-02.1 | contentHash'))).toBe(true);
  });

  it('names an amount on the list that is not the payout’s, and a payout that there is not', async () => {
    const { deps, verify } = await aClosedHistory({ waiting: true });
    const more = withList(deps, (payout) => [{ ...payout, amountMinor: payout.amountMinor + 1n }]);
    expect(named(await verify(more))).toContain(
      `payout | ${PAYOUT_ID} | listed by run 2026-02.1, amountMinor | 1501 | 1500`,
    );
    const other = withList(deps, (payout) => [payout, { ...payout, payoutId: 'po~2026-01.1~p2~EUR' }]);
    expect(named(await verify(other))).toContain(
      'payout | po~2026-01.1~p2~EUR | listed by run 2026-02.1 | 1500 | missing',
    );
  });

  it('names a list that was taken from its run, and a sum that the list does not make', async () => {
    const { deps, verify } = await aClosedHistory({ waiting: true });
    const without = await verify(withFebruary(deps, () => ({ waitingDigest: undefined })));
    expect(named(without)).toContain(`payout | ${PAYOUT_ID} | paid by run 2026-02.1 | 2026-02.1 | nothing`);
    const totals = (run: PayoutRun) => run.totals.map((total) => ({ ...total, waitingMinor: 1_499n }));
    const less = await verify(withFebruary(deps, (run) => ({ totals: totals(run) })));
    expect(named(less)).toEqual(['run | 2026-02.1 | total GBP, waitingMinor | 1499 | 1500']);
  });
});
