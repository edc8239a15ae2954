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
  /** The order that was placed. */
  readonly orderId?: string | undefined;
};

/**
 * Confirms or releases a reservation; again the same answers the same.
 * An order may be named later than the confirmation, not changed.
 * A reservation that has lapsed can be released but not confirmed: its seat may be another customer's.
 * @throws Failure not_found, redemption_not_open, temporarily_unavailable
 */
export function makeCloseRedemption(
  deps: { readonly redemptions: RedemptionStore; readonly clock: Clock } & RetryDeps,
): (input: CloseRedemptionInput) => Promise<Redemption> {
  return ({ programId, redemptionId, to, orderId }) =>
    retryContended(deps, async () => {
      const redemption = await deps.redemptions.find(programId, redemptionId);
      if (!redemption) throw new Failure('not_found', 'There is no such redemption. Reserve the code first.');
      const isRepeat = redemption.status === to;
      if (isRepeat && (orderId === undefined || orderId === redemption.orderId)) return redemption;
      if (isRepeat && redemption.orderId !== undefined) throw otherOrder(redemption.orderId);
      if (!isRepeat && redemption.status !== 'reserved') {
        throw notOpen(
          redemption.status === 'confirmed'
            ? 'The redemption was confirmed before and counts. To take the sale back, send a refund of its order.'
            : `The redemption was ${redemption.status} before and stays so.`,
        );
      }
      if (!isRepeat && to === 'confirmed' && redemption.reservedUntil <= toInstant(deps.clock())) {
        throw notOpen('The reservation has lapsed. Reserve the code again, then confirm.');
      }
      const closed = { ...redemption, ...(orderId === undefined ? {} : { orderId }) };
      const close = to === 'confirmed' ? deps.redemptions.confirm : deps.redemptions.release;
      return (await close(closed)) === 'done' ? { ...closed, status: to } : 'contended';
    });
}

function otherOrder(orderId: string): Failure {
  return new Failure('redemption_not_open', `The redemption was confirmed before for order ${orderId}.`, {
    errors: [{ pointer: '/orderId', rule: 'is not the order that it was confirmed for' }],
  });
}

function notOpen(detail: string): Failure {
  return new Failure('redemption_not_open', detail);
}
