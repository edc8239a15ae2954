import { ownPartners } from '#functions/payouts/composition';
import { explain } from '#functions/payouts/explain-composition';
import { explanationAnswer } from '#functions/payouts/explanation-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { explainConversionRoute } from '#shared/contracts/payouts/explain-conversion';

export const explainConversion: HttpHandler<typeof explainConversionRoute> = async ({ params }, context) =>
  explanationAnswer(await explain({ ...params, onlyPartners: ownPartners(context, params.programId) }));

export const handler = httpFunction(explainConversionRoute, explainConversion);
