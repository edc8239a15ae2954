import { adjusterOf } from '#functions/payouts/adjustments/adjuster';
import { adjust } from '#functions/payouts/adjustments/adjusting-composition';
import { idempotency } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { recordAdjustmentRoute } from '#shared/contracts/payouts/adjustments/record-adjustment';

export const recordAdjustment: HttpHandler<typeof recordAdjustmentRoute> = ({ params, body }, context) =>
  adjust({
    ...body,
    programId: params.programId,
    adjustmentId: context.newId,
    amountMinor: BigInt(body.amountMinor),
    ...adjusterOf(context, params.programId),
  });

export const handler = httpFunction(recordAdjustmentRoute, recordAdjustment, { idempotency });
