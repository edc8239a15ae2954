import { adjusterOf } from '#functions/payouts/adjustments/adjuster';
import { idempotency } from '#functions/payouts/composition';
import { decideResolution, resolutionAnswer } from '#functions/payouts/paying/resolution-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { decidePayoutResolutionRoute } from '#shared/contracts/payouts/paying/decide-payout-resolution';

export const decidePayoutResolution: HttpHandler<typeof decidePayoutResolutionRoute> = async (
  { params, body },
  context,
) => resolutionAnswer(await decideResolution({ ...params, ...body, ...adjusterOf(context, params.programId) }));

export const handler = httpFunction(decidePayoutResolutionRoute, decidePayoutResolution, { idempotency });
