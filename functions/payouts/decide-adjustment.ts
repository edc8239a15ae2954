import { adjusterOf } from '#functions/payouts/adjuster';
import { decideOnAdjustment } from '#functions/payouts/adjustment-composition';
import { idempotency } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { decideAdjustmentRoute } from '#shared/contracts/payouts/decide-adjustment';

export const decideAdjustment: HttpHandler<typeof decideAdjustmentRoute> = ({ params, body }, context) =>
  decideOnAdjustment({ ...params, ...body, ...adjusterOf(context, params.programId) });

export const handler = httpFunction(decideAdjustmentRoute, decideAdjustment, { idempotency });
