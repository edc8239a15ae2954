import { clock, programReader, table } from '#functions/payouts/composition';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/runs/payout-holds';
import { makeListPayoutHolds } from '#shared/application/payouts/holds/list-payout-holds';
import type { PayoutHold } from '#shared/application/payouts/holds/payout-hold-ports';
import { makeReleasePayouts } from '#shared/application/payouts/holds/release-payouts';

export const holds = makePayoutHolds(table);

/** Ending and listing holds. Making one also reads partners, and has its own file. */
export const endHold = makeReleasePayouts({ holds, clock });
export const readHolds = makeListPayoutHolds({ programs: programReader, holds });

/** A hold as the API shows it. */
export function holdAnswer({ programId: _, ...shown }: PayoutHold): Omit<PayoutHold, 'programId'> {
  return shown;
}
