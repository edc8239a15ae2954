import { adjusterOf } from '#functions/payouts/adjustments/adjuster';
import { decideOnAdjustment } from '#functions/payouts/adjustments/adjustment-composition';
import { idempotency } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { decideAdjustmentRoute } from '#shared/contracts/payouts/adjustments/decide-adjustment';

export const decideAdjustment: HttpHandler<typeof decideAdjustmentRoute> = ({ params, body }, context) =>
  decideOnAdjustment({
    ...params,
    ...body,
    ...adjusterOf(context, params.programId),
    signedInAt: context.principal?.signedInAt,
  });

export const handler = httpFunction(decideAdjustmentRoute, decideAdjustment, { idempotency });
