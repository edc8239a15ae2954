import { refundAnswer } from '#functions/referrals/answers';
import { idempotency } from '#functions/referrals/composition';
import { refundInput } from '#functions/referrals/inputs';
import { recordRefundOnce } from '#functions/referrals/refund-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { recordRefundRoute } from '#shared/contracts/referrals/record-refund';

export const recordRefund: HttpHandler<typeof recordRefundRoute> = async ({ params, body }) => {
  const { refund, repeated } = await recordRefundOnce(refundInput(params.programId, body));
  return reply(repeated ? 200 : 201, { body: refundAnswer(refund) });
};

export const handler = httpFunction(recordRefundRoute, recordRefund, { idempotency });
