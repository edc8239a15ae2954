import { conversionAnswer } from '#functions/referrals/answers';
import { answerEach } from '#functions/referrals/batch';
import { idempotency } from '#functions/referrals/composition';
import { recordConversionOnce } from '#functions/referrals/conversion-composition';
import { conversionInput } from '#functions/referrals/inputs';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { conversionSchema } from '#shared/contracts/referrals/record-conversion';
import { recordConversionsRoute } from '#shared/contracts/referrals/record-conversions';

export const recordConversions: HttpHandler<typeof recordConversionsRoute> = ({ params, body }) =>
  answerEach(
    body.items,
    conversionSchema,
    // One customer's sales in turn: they would only contend for the first purchase.
    ({ orderId, customerId }) => [`order ${orderId}`, `customer ${customerId}`],
    async (item) => {
      const { conversion, repeated } = await recordConversionOnce(conversionInput(params.programId, item));
      return { ...conversionAnswer(conversion), status: repeated ? 200 : 201 };
    },
  );

export const handler = httpFunction(recordConversionsRoute, recordConversions, { idempotency });
