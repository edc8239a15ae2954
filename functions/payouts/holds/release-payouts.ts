import { adjusterOf } from '#functions/payouts/adjustments/adjuster';
import { idempotency } from '#functions/payouts/composition';
import { endHold, holdAnswer } from '#functions/payouts/holds/payout-hold-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { releasePayoutsRoute } from '#shared/contracts/payouts/holds/release-payouts';

export const releasePayouts: HttpHandler<typeof releasePayoutsRoute> = async ({ params, body }, context) => {
  const { by, ownPartners } = adjusterOf(context, params.programId);
  return holdAnswer(await endHold({ ...params, ...body, by, ownPartners }));
};

export const handler = httpFunction(releasePayoutsRoute, releasePayouts, { idempotency });
