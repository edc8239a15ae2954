import { refundAnswer } from '#functions/referrals/answers';
import { answerEach } from '#functions/referrals/batch';
import { idempotency } from '#functions/referrals/composition';
import { refundInput } from '#functions/referrals/inputs';
import { recordRefundOnce } from '#functions/referrals/refund-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { refundSchema } from '#shared/contracts/referrals/record-refund';
import { recordRefundsRoute } from '#shared/contracts/referrals/record-refunds';

export const recordRefunds: HttpHandler<typeof recordRefundsRoute> = ({ params, body }) =>
  answerEach(
    body.items,
    refundSchema,
    ({ refundId, orderId }) => [`refund ${refundId}`, `order ${orderId}`],
    async (item) => {
      const { refund, repeated } = await recordRefundOnce(refundInput(params.programId, item));
      return { ...refundAnswer(refund), status: repeated ? 200 : 201 };
    },
  );

export const handler = httpFunction(recordRefundsRoute, recordRefunds, { idempotency });
