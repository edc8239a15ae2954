import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Currency } from '#shared/domain/money/money';
import type { Instant } from '#shared/domain/time/instant';

const PAGE = 100;

/** What was reserved of a partner's balance at an instant: payouts that were created and neither submitted nor failed by then. */
export async function foldReserved(
  deps: { payouts: Pick<Payouts, 'ofRun'>; runs: Pick<PayoutRuns, 'list'> },
  programId: string,
  partnerId: string,
  asOf: Instant,
): Promise<ReadonlyMap<Currency, bigint>> {
  const reserved = new Map<Currency, bigint>();
  let cursor: string | undefined;
  do {
    const runs = await deps.runs.list(programId, { cursor, limit: PAGE });
    for (const run of runs.items) {
      if (run.decision !== 'approve') continue;
      // A partner has one payout a run and currency: a page holds them all.
      const { items } = await deps.payouts.ofRun(programId, run.runId, { partnerId, limit: PAGE });
      for (const payout of items) {
        const ended = payout.reservedUntil !== undefined && payout.reservedUntil <= asOf;
        if (payout.createdAt > asOf || ended) continue;
        reserved.set(payout.currency, (reserved.get(payout.currency) ?? 0n) + payout.amountMinor);
      }
    }
    cursor = runs.nextCursor;
  } while (cursor !== undefined);
  return reserved;
}
