import type { Digest } from '#shared/application/ports';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { type WaitingList, type WaitingPayout, waitingText } from '#shared/domain/run/waiting-payouts';
import { type WaitingLists, waitingListOf } from '../runs/waiting-lists.ts';
import { compareFields, type Differences, MISSING, UNACCOUNTED } from './verify-differences.ts';
import type { PartnerLedger } from './verify-opening.ts';

/**
 * Compares the list of earlier runs' payouts that an approved run paid with what is stored: its digest, each payout with its
 * amount, and that the run claimed no other payout of an earlier run. Which payouts waited at that moment is history; the
 * content hash, which covers the digest, says what the approvers saw.
 */
export async function verifyWaiting(
  deps: { readonly waitingLists: Pick<WaitingLists, 'all'>; readonly digest: Digest },
  run: PayoutRun,
  partnerIds: Iterable<string>,
  ledgerOf: (partnerId: string) => Promise<PartnerLedger>,
  differences: Differences,
): Promise<WaitingList> {
  const waiting = await waitingListOf(deps.waitingLists, run);
  const waitingDigest = deps.digest(waitingText(waiting));
  if (run.waitingDigest !== undefined) {
    differences.of('run', run.runId)('waitingDigest', run.waitingDigest, waitingDigest);
  }
  const listed = new Map(waiting.map((payout) => [payout.payoutId, payout]));
  for (const partnerId of new Set([...partnerIds, ...waiting.map((payout) => payout.partnerId)])) {
    const { payouts } = await ledgerOf(partnerId);
    for (const { payoutId, runId, submissionRunId } of payouts) {
      if (submissionRunId !== run.runId || runId === run.runId || listed.has(payoutId)) continue;
      differences.of('payout', payoutId)(`paid by run ${run.runId}`, submissionRunId, UNACCOUNTED);
    }
  }
  for (const payout of waiting) await compareListed(run, payout, ledgerOf, differences);
  return { waitingDigest, waiting };
}

async function compareListed(
  run: PayoutRun,
  listed: WaitingPayout,
  ledgerOf: (partnerId: string) => Promise<PartnerLedger>,
  differences: Differences,
): Promise<void> {
  const compare = differences.of('payout', listed.payoutId);
  const payout = (await ledgerOf(listed.partnerId)).payouts.find(({ payoutId }) => payoutId === listed.payoutId);
  const where = `listed by run ${run.runId}`;
  if (payout?.runId === run.runId || !payout) compare(where, listed.amountMinor, payout ? UNACCOUNTED : MISSING);
  else compareFields(compare, ['amountMinor', 'currency'], listed, payout, `${where}, `);
}
