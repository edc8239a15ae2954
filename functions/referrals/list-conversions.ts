import { conversionSummary } from '#functions/referrals/answers';
import { listSales } from '#functions/referrals/conversion-list-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { isPartnerOnly, partnersOf } from '#functions/runtime/principal';
import { listConversionsRoute } from '#shared/contracts/referrals/list-conversions';

export const listConversions: HttpHandler<typeof listConversionsRoute> = async ({ params, query }, { principal }) => {
  const { programId } = params;
  const isPartner = principal !== undefined && isPartnerOnly(principal, programId);
  const { items, ...page } = await listSales({
    ...query,
    programId,
    unattributed: query.unattributed === 'true',
    onlyPartners: isPartner ? partnersOf(principal, programId) : undefined,
  });
  return { items: items.map((sale) => conversionSummary(sale, isPartner)), ...page };
};

export const handler = httpFunction(listConversionsRoute, listConversions);
