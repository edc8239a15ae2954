import { writeOff } from '#functions/payouts/adjusting-composition';
import { caller, idempotency } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { writeOffBalanceRoute } from '#shared/contracts/payouts/write-off-balance';

export const writeOffBalance: HttpHandler<typeof writeOffBalanceRoute> = ({ params, body }, context) =>
  writeOff({
    ...body,
    programId: params.programId,
    adjustmentId: context.newId,
    amountMinor: body.amountMinor === undefined ? undefined : BigInt(body.amountMinor),
    ...caller(context),
  });

export const handler = httpFunction(writeOffBalanceRoute, writeOffBalance, { idempotency });
