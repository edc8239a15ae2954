import { isFileRail, type Payout } from '../ledger/payout.ts';
import type { Currency } from '../money/money.ts';
import { compareText } from '../time/instant.ts';
import type { PayoutRun, RunAnomaly, RunTotal } from './payout-run.ts';
import { zeroTotal } from './run-summary.ts';

/** A payout of an earlier run that this run pays too, once it is approved. */
export type WaitingPayout = Pick<Payout, 'payoutId' | 'partnerId' | 'currency' | 'amountMinor'>;

/** A review names those with most; the sums count them all. */
const MAX_NAMED_PARTNERS = 50;

/**
 * Whether a later run may still pay it: it was not handed to a rail, or its rail gave no answer and is asked again with the same key.
 * What was claimed for a bank file belongs to the run of that file.
 */
export function waitsForARun(payout: Payout, run: Pick<PayoutRun, 'runId'>): boolean {
  if (payout.runId === run.runId) return false;
  if (payout.status === 'created') return true;
  return !isFileRail(payout.rail) && (payout.status === 'submitting' || payout.status === 'unknown');
}

/** Every payout of the list with its amount, by id: the text whose digest is part of what is approved. */
export function waitingText(waiting: readonly WaitingPayout[]): string {
  const rows = waiting
    .toSorted((a, b) => compareText(a.payoutId, b.payoutId))
    .map(({ payoutId, currency, amountMinor }) => [payoutId, currency, amountMinor.toString()]);
  return JSON.stringify(['tallystick/waiting/v1', rows]);
}

/** The payouts that wait for a run, as they are approved: the digest of their text stands for them. */
export type WaitingList = { readonly waitingDigest: string; readonly waiting: readonly WaitingPayout[] };

/** What the content of a run says of its list: nothing of an empty one, so that such a run's hash is as it was before there were lists. */
export function digestToApprove({ waitingDigest, waiting }: WaitingList): string | undefined {
  return waiting.length === 0 ? undefined : waitingDigest;
}

/** Totals with what waits in each currency, also in one that has no statement; currencies without are left as they are. */
export function withWaiting(totals: readonly RunTotal[], waiting: readonly WaitingPayout[]): readonly RunTotal[] {
  const all = new Map(totals.map((total) => [total.currency, total]));
  for (const { currency, amountMinor } of waiting) {
    const total = all.get(currency) ?? zeroTotal(currency);
    all.set(currency, {
      ...total,
      waitingPayouts: (total.waitingPayouts ?? 0) + 1,
      waitingMinor: (total.waitingMinor ?? 0n) + amountMinor,
    });
  }
  return [...all.values()].sort((a, b) => compareText(a.currency, b.currency));
}

/** What an approval pays in each currency, its own payouts and those that waited: what `approvalsRequired` looks at. */
export function paidByApproval(totals: readonly RunTotal[]): readonly bigint[] {
  return totals.map(({ payableMinor, waitingMinor = 0n }) => payableMinor + waitingMinor);
}

/** The partners with most waiting, by currency: the largest first. */
export function waitingAnomalies(waiting: readonly WaitingPayout[]): readonly RunAnomaly[] {
  const sums = new Map<string, { partnerId: string; currency: Currency; amountMinor: bigint; count: number }>();
  for (const { partnerId, currency, amountMinor } of waiting) {
    const key = `${partnerId}#${currency}`;
    const sum = sums.get(key) ?? { partnerId, currency, amountMinor: 0n, count: 0 };
    sums.set(key, { ...sum, amountMinor: sum.amountMinor + amountMinor, count: sum.count + 1 });
  }
  return [...sums.values()]
    .sort((a, b) => compareAmounts(b.amountMinor, a.amountMinor) || compareText(a.partnerId, b.partnerId))
    .slice(0, MAX_NAMED_PARTNERS)
    .map((sum) => ({ kind: 'payouts_waiting' as const, ...sum }));
}

function compareAmounts(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
