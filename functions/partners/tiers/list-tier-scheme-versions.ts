import { listVersions, tierSchemeAnswer } from '#functions/partners/tiers/tier-scheme-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listTierSchemeVersionsRoute } from '#shared/contracts/partners/tiers/list-tier-scheme-versions';

export const listTierSchemeVersions: HttpHandler<typeof listTierSchemeVersionsRoute> = async (
  { params, query },
  context,
) => {
  const { items, nextCursor } = await listVersions({ ...params, ...query });
  return { items: items.map((version) => tierSchemeAnswer(version, context)), nextCursor };
};

export const handler = httpFunction(listTierSchemeVersionsRoute, listTierSchemeVersions);
