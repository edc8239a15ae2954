import { callerId, idempotency } from '#functions/payouts/composition';
import { endHold, holdAnswer } from '#functions/payouts/payout-hold-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { releasePayoutsRoute } from '#shared/contracts/payouts/release-payouts';

export const releasePayouts: HttpHandler<typeof releasePayoutsRoute> = async ({ params, body }, context) =>
  holdAnswer(await endHold({ ...params, ...body, by: callerId(context) }));

export const handler = httpFunction(releasePayoutsRoute, releasePayouts, { idempotency });
