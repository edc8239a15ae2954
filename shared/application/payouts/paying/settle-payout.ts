import { Failure } from '#shared/application/failure';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { Log } from '#shared/application/ports';
import type { PayoutStatus, PayoutStep } from '#shared/domain/ledger/payout';
import type { ChangeOrigin } from '#shared/domain/ledger/payout-history';
import type { AdvancePayout } from './advance-payout.ts';

export type RailReport = {
  readonly programId: string;
  readonly payoutId: string;
  readonly outcome: 'settled' | 'failed' | 'returned';
  readonly reason?: string | undefined;
  /** The rail's own id of the payout, kept when the report is the first word of its acceptance. */
  readonly reference?: string | undefined;
  /** Who says so and by what; the rail itself unless it is given. */
  readonly origin?: ChangeOrigin | undefined;
};

export type SettlePayout = (report: RailReport) => Promise<{ readonly status: PayoutStatus }>;

/**
 * Books what a rail reports of a payout. Repeated and overtaken reports change nothing. A report may come before
 * our own record that the rail accepted: that it settled or returned proves the acceptance, which is booked with it.
 * @throws Failure not_found for a payout that does not exist
 */
export function makeSettlePayout(deps: {
  payouts: Pick<Payouts, 'get'>;
  advance: AdvancePayout;
  log: Log;
}): SettlePayout {
  return async (report) => {
    const stored = await deps.payouts.get(report.programId, report.payoutId);
    if (!stored) throw new Failure('not_found', `There is no payout ${report.payoutId}.`);
    const after = await deps.advance(stored, stepsOf(report), report.origin);
    if (after.status !== report.outcome) {
      deps.log.warn('a rail report was overtaken and changed nothing', { ...report, status: after.status });
    }
    return { status: after.status };
  };
}

function stepsOf({ outcome, reason, reference }: RailReport): readonly PayoutStep[] {
  switch (outcome) {
    case 'settled':
      return [{ type: 'accepted', reference }, { type: 'settled' }];
    case 'returned':
      return [
        { type: 'accepted', reference },
        { type: 'returned', reason },
      ];
    case 'failed':
      return [{ type: 'failed', reason }];
  }
}
