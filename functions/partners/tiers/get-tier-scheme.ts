import { readScheme, tierSchemeAnswer } from '#functions/partners/tiers/tier-scheme-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getTierSchemeRoute } from '#shared/contracts/partners/tiers/get-tier-scheme';

export const getTierScheme: HttpHandler<typeof getTierSchemeRoute> = async ({ params }, context) =>
  tierSchemeAnswer(await readScheme(params), context);

export const handler = httpFunction(getTierSchemeRoute, getTierScheme);
