import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { Payee } from '#shared/application/payees';
import { type PayoutHolds, wasHeldAfter } from '#shared/application/payouts/holds/payout-hold-ports';
import type { FilePayment, PayingFileRail } from '#shared/application/payouts/paying/file-rail';
import type { TimeBox } from '#shared/application/time-box';
import type { BlockedReason, Payout } from '#shared/domain/ledger/payout';
import { beyondRail } from '#shared/domain/ledger/rail-limits';
import { forEachInTime } from '../concurrency.ts';
import type { ApprovedRun } from '../runs/approved-run.ts';
import { type ApprovedRows, whyKeptBack } from './approved-rows.ts';

const READS_AT_ONCE = 8;

type FilePayments = {
  /** In the order of the payouts. */
  readonly payments: readonly FilePayment<Payee>[];
  /** Payouts that are not to be paid by this file and why they wait; one that is in neither was given up by its partner. */
  readonly waits: ReadonlyMap<string, BlockedReason>;
};

/**
 * What a rail's file pays of the payouts that were claimed for it: those whose payee is the approved one and is paid by
 * this rail, as many as the format has room for. Nothing when the time was over before they were all read.
 */
export async function filePaymentsOf(
  deps: { readonly payees: Pick<PartnerTermsReader, 'payee'>; readonly holds: Pick<PayoutHolds, 'all'> },
  place: { readonly run: ApprovedRun; readonly rows: ApprovedRows | undefined; readonly box: TimeBox },
  rail: PayingFileRail,
  payouts: readonly Payout[],
): Promise<FilePayments | undefined> {
  const { run, rows, box } = place;
  const found = new Map<string, FilePayment<Payee>>();
  const waits = new Map<string, BlockedReason>();
  const taken = await forEachInTime(payouts, READS_AT_ONCE, box, async (payout) => {
    const payee = await deps.payees.payee(payout.programId, payout.partnerId);
    const keptBack = (await wasHeldAfter(
      deps.holds,
      payout.programId,
      payout.partnerId,
      run.reviewedAt ?? run.summarisedAt,
    ))
      ? 'held'
      : payee && whyKeptBack(run, rows, payout, payee);
    if (keptBack) {
      waits.set(payout.payoutId, keptBack);
      return;
    }
    if (payee?.rail !== rail.rail || payout.endToEndId === undefined) return;
    const reason = rail.render ? beyondRail(rail.rail, payout) : 'rail_not_set_up';
    if (reason) {
      waits.set(payout.payoutId, reason);
      return;
    }
    found.set(payout.payoutId, {
      endToEndId: payout.endToEndId,
      amountMinor: payout.amountMinor,
      creditor: payee,
      remittance: `Commission ${run.period} statement ${payout.statementId.replaceAll('~', ' ')}`,
    });
  });
  if (taken < payouts.length) return undefined;
  return { payments: withinRoom(rail, payouts, found, waits), waits };
}

/** The first payments that fit together; the others wait, which no file of a plausible size needs. */
function withinRoom(
  { maxPayments = Number.POSITIVE_INFINITY, maxSumMinor }: PayingFileRail,
  payouts: readonly Payout[],
  found: ReadonlyMap<string, FilePayment<Payee>>,
  waits: Map<string, BlockedReason>,
): readonly FilePayment<Payee>[] {
  const payments: FilePayment<Payee>[] = [];
  let sumMinor = 0n;
  for (const { payoutId } of payouts) {
    const payment = found.get(payoutId);
    if (!payment) continue;
    const together = sumMinor + payment.amountMinor;
    if (payments.length >= maxPayments || (maxSumMinor !== undefined && together > maxSumMinor)) {
      waits.set(payoutId, 'amount_above_rail_limit');
    } else {
      payments.push(payment);
      sumMinor = together;
    }
  }
  return payments;
}
