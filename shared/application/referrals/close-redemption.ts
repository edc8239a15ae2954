import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type { Redemption, RedemptionStore } from '#shared/application/referrals/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { toInstant } from '#shared/domain/time/instant';

export type CloseRedemptionInput = {
  readonly programId: string;
  readonly redemptionId: string;
  /** `confirmed`: the order was placed. `released`: there was none. */
  readonly to: 'confirmed' | 'released';
};

/**
 * Confirms or releases a reservation; again the same answers the same.
 * A reservation that has lapsed can be released but not confirmed: its seat may be another customer's.
 * @throws Failure not_found, redemption_not_open, temporarily_unavailable
 */
export function makeCloseRedemption(
  deps: { readonly redemptions: RedemptionStore; readonly clock: Clock } & RetryDeps,
): (input: CloseRedemptionInput) => Promise<Redemption> {
  return ({ programId, redemptionId, to }) =>
    retryContended(deps, async () => {
      const redemption = await deps.redemptions.find(programId, redemptionId);
      if (!redemption) throw new Failure('not_found', 'There is no such redemption. Reserve the code first.');
      if (redemption.status === to) return redemption;
      if (redemption.status !== 'reserved') {
        throw notOpen(
          redemption.status === 'confirmed'
            ? 'The redemption was confirmed before and counts. To take the sale back, send a refund of its order.'
            : `The redemption was ${redemption.status} before and stays so.`,
        );
      }
      if (to === 'confirmed' && redemption.reservedUntil <= toInstant(deps.clock())) {
        throw notOpen('The reservation has lapsed. Reserve the code again, then confirm.');
      }
      const close = to === 'confirmed' ? deps.redemptions.confirm : deps.redemptions.release;
      return (await close(redemption)) === 'done' ? { ...redemption, status: to } : 'contended';
    });
}

function notOpen(detail: string): Failure {
  return new Failure('redemption_not_open', detail);
}
