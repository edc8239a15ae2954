import { caller, idempotency } from '#functions/payouts/composition';
import { proposeResolution, resolutionAnswer } from '#functions/payouts/paying/resolution-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { proposePayoutResolutionRoute } from '#shared/contracts/payouts/paying/propose-payout-resolution';

export const proposePayoutResolution: HttpHandler<typeof proposePayoutResolutionRoute> = async (
  { params, body },
  context,
) =>
  resolutionAnswer(
    await proposeResolution({
      ...params,
      resolutionId: context.newId,
      outcome: body.outcome,
      evidence: { source: 'person', ...body.evidence },
      ...caller(context),
    }),
  );

export const handler = httpFunction(proposePayoutResolutionRoute, proposePayoutResolution, { idempotency });
