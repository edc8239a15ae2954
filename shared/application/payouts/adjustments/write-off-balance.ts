import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { Adjustment, AdjustmentStore } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Balances } from '#shared/application/payouts/ledger/ledger-ports';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { RetryDeps } from '#shared/application/retry-contended';
import { periodOfRefundOrAdjustment } from '#shared/domain/facts/facts';
import { debtOf, isWriteOff } from '#shared/domain/ledger/write-off';
import type { Currency } from '#shared/domain/money/money';
import { nextPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { makeRecordAdjustment } from './record-adjustment.ts';

export type WriteOffBalance = (input: {
  readonly programId: string;
  readonly adjustmentId: string;
  readonly partnerId: string;
  readonly currency: Currency;
  /** Default: all that is owed. */
  readonly amountMinor?: bigint | undefined;
  readonly reason: string;
  readonly by: string;
  /** Partners that the caller acts for. */
  readonly ownPartners?: readonly string[] | undefined;
}) => Promise<Adjustment>;

/**
 * Gives up what a partner owes: an adjustment of the first open month, whatever the day, because the debt stems from what is
 * closed. It is held against the balance now and what was written off for that month already; its statement books at most what is
 * still owed then, so that no order of events makes it pay money out. A payout that was not sent yet is no debt: nothing
 * was paid. People only: who holds another's API key could be both of the two.
 * @throws Failure unknown_program, unknown_partner, nothing_owed, write_off_exceeds_debt (with `owedMinor`),
 *   temporarily_unavailable
 */
export function makeWriteOffBalance(
  deps: {
    readonly programs: ProgramReader;
    readonly partners: Pick<PartnerTermsReader, 'terms'>;
    readonly adjustments: Pick<AdjustmentStore, 'record' | 'propose' | 'find' | 'ofPartner'>;
    readonly balances: Balances;
    readonly clock: Clock;
  } & RetryDeps,
): WriteOffBalance {
  const recordAdjustment = makeRecordAdjustment(deps);
  return async ({ amountMinor, ...given }) => {
    const { programId, partnerId, adjustmentId } = given;
    const program = await deps.programs.get(programId);
    const known = await deps.adjustments.find(programId, adjustmentId);
    if (known) return known;
    const occurredAt = whenOf(program);
    const owedMinor = await owed(program, given, occurredAt);
    if (owedMinor === 0n && (await deps.partners.terms(programId, partnerId))) throw nothingOwed(given);
    if (amountMinor !== undefined && amountMinor > owedMinor && owedMinor > 0n) throw tooMuch(owedMinor);
    return recordAdjustment({
      ...given,
      amountMinor: amountMinor ?? owedMinor,
      occurredAt,
      reasonCode: 'write_off',
    });
  };

  /** Now, but within the first open month. */
  function whenOf({ closedThrough, timeZone }: Program): Instant {
    const end = startOfPeriod(nextPeriod(nextPeriod(closedThrough)), deps.programs.zone(timeZone));
    return toInstant(Math.min(deps.clock(), end - 1));
  }

  async function owed(
    program: Program,
    { partnerId, currency }: { readonly partnerId: string; readonly currency: Currency },
    occurredAt: Instant,
  ): Promise<bigint> {
    const { programId, closedThrough, timeZone } = program;
    const period = periodOfRefundOrAdjustment(occurredAt, closedThrough, deps.programs.zone(timeZone));
    const [balances, adjustments] = await Promise.all([
      deps.balances.of(programId, partnerId),
      deps.adjustments.ofPartner(programId, partnerId, period),
    ]);
    const balance = balances.find((one) => one.currency === currency);
    const writtenOff = adjustments
      .filter((one) => isWriteOff(one) && one.currency === currency)
      .reduce((sum, one) => sum + one.amountMinor, 0n);
    return debtOf((balance?.payableMinor ?? 0n) + writtenOff);
  }
}

function nothingOwed({ partnerId, currency }: { readonly partnerId: string; readonly currency: Currency }): Failure {
  return new Failure(
    'nothing_owed',
    `${partnerId} owes nothing in ${currency}, or all of it is being written off: GET .../negative-balances lists who does.`,
  );
}

function tooMuch(owedMinor: bigint): Failure {
  return new Failure('write_off_exceeds_debt', `Write off at most the ${owedMinor} minor units that are owed.`, {
    errors: [{ pointer: '/amountMinor', rule: `must be at most ${owedMinor}` }],
    extra: { owedMinor },
  });
}
