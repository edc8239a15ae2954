import { tierAnswer } from '#functions/partners/answers';
import { partners, partnersTable } from '#functions/partners/composition';
import { distanceAnswer } from '#functions/partners/tiers/progress-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makeTierSteps } from '#shared/adapters/dynamodb/partners/tiers/tier-steps';
import { makeListTierHistory } from '#shared/application/partners/tiers/list-tier-history';
import { listTierHistoryRoute } from '#shared/contracts/partners/tiers/list-tier-history';
import { requirementJson } from '#shared/contracts/partners/tiers/tier-scheme';

const history = makeListTierHistory({ partners, programs, steps: makeTierSteps(partnersTable) });

export const listTierHistory: HttpHandler<typeof listTierHistoryRoute> = async ({ params, query }) => {
  const { tiers, items, nextCursor, program } = await history({ ...params, ...query });
  const words = { language: 'en' as const, timeZone: program.timeZone, currency: program.currency };
  return {
    tiers: tiers.map(tierAnswer),
    items: items.map(({ programId: _, partnerId: __, measures, unmet, ...step }) => ({
      ...step,
      measures: measures.map(({ condition, found, wanted, met }) => ({
        condition: requirementJson(condition),
        found: Number(found),
        wanted: Number(wanted),
        met,
      })),
      unmet: unmet.map((distance) => distanceAnswer(distance, words)),
    })),
    nextCursor,
  };
};

export const handler = httpFunction(listTierHistoryRoute, listTierHistory);
