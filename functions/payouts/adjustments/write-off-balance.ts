import { adjusterOf } from '#functions/payouts/adjustments/adjuster';
import { writeOff } from '#functions/payouts/adjustments/adjusting-composition';
import { idempotency } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { writeOffBalanceRoute } from '#shared/contracts/payouts/adjustments/write-off-balance';

export const writeOffBalance: HttpHandler<typeof writeOffBalanceRoute> = ({ params, body }, context) =>
  writeOff({
    ...body,
    programId: params.programId,
    adjustmentId: context.newId,
    amountMinor: body.amountMinor === undefined ? undefined : BigInt(body.amountMinor),
    ...adjusterOf(context, params.programId),
  });

export const handler = httpFunction(writeOffBalanceRoute, writeOffBalance, { idempotency });
