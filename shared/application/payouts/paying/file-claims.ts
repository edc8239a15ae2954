import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import { type FileRail, isFileRail, isPending, type Payout } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import { compareText } from '#shared/domain/time/instant';

/** What is kept in memory of a payout that was claimed for a run's file: one file may pay hundreds of thousands. */
export type FileClaim = Pick<Payout, 'payoutId' | 'partnerId' | 'endToEndId' | 'amountMinor'> & {
  readonly rail: FileRail;
  readonly isPending: boolean;
};

/** Of the function itself, and of each payment with its text: 3.7 kB were measured for 300,000 (test/bench/bank-file.bench.ts). */
const FUNCTION_MB = 250;
const PAYMENT_KB = 5;
/** The text of a file is one string, of which Node takes 536 million characters: with the longest names 700 a payment. */
const MAX_PAYMENTS = 750_000;

/** Payments of one file that a function's memory has room for; absent outside of Lambda: as many as a text holds. */
export function paymentsIn(memoryMb: number | undefined): number {
  if (memoryMb === undefined) return MAX_PAYMENTS;
  return Math.min(MAX_PAYMENTS, Math.max(1, Math.floor(((memoryMb - FUNCTION_MB) * 1_024) / PAYMENT_KB)));
}

/** Payouts that are read at once. */
const A_CHUNK = 500;

type OfRun = { readonly programId: string; readonly runId: string };

/** The ids of the payouts that were claimed for the files of a run, one currency after the other, in their order. */
export async function* claimedByCurrency(
  payouts: Pick<Payouts, 'inBankFilesOf'>,
  { programId, runId }: OfRun,
): AsyncGenerator<{ readonly currency: Currency; readonly payoutIds: readonly string[] }> {
  let group: { readonly currency: Currency; readonly payoutIds: string[] } | undefined;
  for await (const { currency, payoutId } of payouts.inBankFilesOf(programId, runId)) {
    if (group && group.currency !== currency) {
      yield group;
      group = undefined;
    }
    group ??= { currency, payoutIds: [] };
    group.payoutIds.push(payoutId);
  }
  if (group) yield group;
}

/** The payouts with these ids as they are now, chunk by chunk in the order given; one that a later run has claimed is left out. */
export async function* claimedPayouts(
  payouts: Pick<Payouts, 'getMany'>,
  { programId, runId }: OfRun,
  payoutIds: readonly string[],
): AsyncGenerator<readonly Payout[]> {
  for (let from = 0; from < payoutIds.length; from += A_CHUNK) {
    const chunk = await payouts.getMany(programId, payoutIds.slice(from, from + A_CHUNK));
    yield chunk
      .filter(({ submissionRunId }) => submissionRunId === runId)
      .sort((a, b) => compareText(a.payoutId, b.payoutId));
  }
}

/** By payout id. */
export async function claimsOf(
  payouts: Pick<Payouts, 'getMany'>,
  ofRun: OfRun,
  payoutIds: readonly string[],
): Promise<readonly FileClaim[]> {
  const claims: FileClaim[] = [];
  for await (const chunk of claimedPayouts(payouts, ofRun, payoutIds.toSorted(compareText))) {
    for (const { payoutId, partnerId, endToEndId, amountMinor, rail, status } of chunk) {
      if (!isFileRail(rail)) continue;
      claims.push({ payoutId, partnerId, endToEndId, amountMinor, rail, isPending: isPending(status) });
    }
  }
  return claims;
}
