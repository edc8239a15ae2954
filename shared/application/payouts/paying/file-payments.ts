import type { DatedPayee, PartnerTermsReader } from '#shared/application/partner-terms';
import type { Payee } from '#shared/application/payees';
import { type PayoutHolds, partnersHeldAfter } from '#shared/application/payouts/holds/payout-hold-ports';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { FilePayment, PayingFileRail } from '#shared/application/payouts/paying/file-rail';
import type { TimeBox } from '#shared/application/time-box';
import { parseRunId } from '#shared/domain/ledger/money-ids';
import type { BlockedReason, Payout } from '#shared/domain/ledger/payout';
import { beyondRail } from '#shared/domain/ledger/rail-limits';
import { forEachInTime } from '../concurrency.ts';
import type { ApprovedRun } from '../runs/approved-run.ts';
import { type ApprovedRows, whyKeptBack } from './approved-rows.ts';
import { claimedPayouts, type FileClaim } from './file-claims.ts';

const READS_AT_ONCE = 8;

type FilePayments = {
  /** In the order of the claims. */
  readonly payments: readonly FilePayment<Payee>[];
  /** Payouts that are not to be paid by this file and why they wait; one that is in neither was given up by its partner. */
  readonly waits: ReadonlyMap<string, BlockedReason>;
};

/**
 * What a rail's file pays of the payouts that were claimed for it: those whose payee is the approved one and is paid by
 * this rail, as many as the format has room for. Nothing when the time was over before they were all read.
 * Payouts are read chunk by chunk, holds when all payees are known: who was held while they were read is not paid.
 */
export async function filePaymentsOf(
  deps: {
    readonly payouts: Pick<Payouts, 'getMany'>;
    readonly payees: Pick<PartnerTermsReader, 'payee'>;
    readonly holds: Pick<PayoutHolds, 'all'>;
  },
  place: {
    readonly programId: string;
    readonly run: ApprovedRun;
    readonly rows: ApprovedRows | undefined;
    readonly box: TimeBox;
  },
  rail: PayingFileRail,
  claims: readonly FileClaim[],
): Promise<FilePayments | undefined> {
  const { programId, run, rows, box } = place;
  const ofRun = { programId, runId: run.runId };
  const found = new Map<string, FilePayment<Payee>>();
  const waits = new Map<string, BlockedReason>();
  const ids = claims.map(({ payoutId }) => payoutId);
  for await (const payouts of claimedPayouts(deps.payouts, ofRun, ids)) {
    if ((await forEachInTime(payouts, READS_AT_ONCE, box, look)) < payouts.length) return undefined;
  }
  const held = await partnersHeldAfter(deps.holds, programId, run.reviewedAt ?? run.summarisedAt);
  for (const { payoutId, partnerId } of claims) {
    if (!held.has(partnerId)) continue;
    waits.set(payoutId, 'held');
    found.delete(payoutId);
  }
  return { payments: withinRoom(rail, claims, found, waits), waits };

  async function look(payout: Payout): Promise<void> {
    const payee = await deps.payees.payee(payout.programId, payout.partnerId);
    const keptBack = payee && whyKeptBack(run, rows, payout, payee);
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
      creditor: detailsOf(payee),
      // The month of the statement: a payout that waited is paid by a later run.
      remittance: `Commission ${parseRunId(payout.runId)?.period ?? run.period} statement ${payout.statementId.replaceAll('~', ' ')}`,
    });
  }
}

/** What a file says of a payee: the rest need not be held in memory. */
function detailsOf({ payeeId: _id, changedAt: _at, usableFrom: _from, ...details }: DatedPayee): Payee {
  return details;
}

/** The first payments that fit together; the others wait, which no file of a plausible size needs. */
function withinRoom(
  { maxPayments = Number.POSITIVE_INFINITY, maxSumMinor }: PayingFileRail,
  claims: readonly FileClaim[],
  found: ReadonlyMap<string, FilePayment<Payee>>,
  waits: Map<string, BlockedReason>,
): readonly FilePayment<Payee>[] {
  const payments: FilePayment<Payee>[] = [];
  let sumMinor = 0n;
  for (const { payoutId } of claims) {
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
