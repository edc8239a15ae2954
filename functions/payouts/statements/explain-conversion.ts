import { ownPartners } from '#functions/payouts/composition';
import { explain } from '#functions/payouts/statements/explain-composition';
import { explanationAnswer } from '#functions/payouts/statements/explanation-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { explainConversionRoute } from '#shared/contracts/payouts/statements/explain-conversion';

export const explainConversion: HttpHandler<typeof explainConversionRoute> = async ({ params }, context) =>
  explanationAnswer(await explain({ ...params, onlyPartners: ownPartners(context, params.programId) }));

export const handler = httpFunction(explainConversionRoute, explainConversion);
