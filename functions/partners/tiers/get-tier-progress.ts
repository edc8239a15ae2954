import { progressAnswer } from '#functions/partners/tiers/progress-answer';
import { readProgress } from '#functions/partners/tiers/progress-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getTierProgressRoute } from '#shared/contracts/partners/tiers/get-tier-progress';

export const getTierProgress: HttpHandler<typeof getTierProgressRoute> = async ({ params, query }) =>
  progressAnswer(await readProgress({ ...params, asOf: query.asOf }), query.lang);

export const handler = httpFunction(getTierProgressRoute, getTierProgress);
