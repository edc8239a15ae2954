import { conversionAnswer } from '#functions/referrals/answers';
import { idempotency } from '#functions/referrals/composition';
import { recordConversionOnce } from '#functions/referrals/conversion-composition';
import { conversionInput } from '#functions/referrals/inputs';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { recordConversionRoute } from '#shared/contracts/referrals/record-conversion';

export const recordConversion: HttpHandler<typeof recordConversionRoute> = async ({ params, body }) => {
  const { conversion, repeated } = await recordConversionOnce(conversionInput(params.programId, body));
  return reply(repeated ? 200 : 201, { body: conversionAnswer(conversion) });
};

export const handler = httpFunction(recordConversionRoute, recordConversion, { idempotency });
