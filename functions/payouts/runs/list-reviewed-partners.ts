import { readReviewedPartners } from '#functions/payouts/runs/run-review-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listReviewedPartnersRoute } from '#shared/contracts/payouts/runs/list-reviewed-partners';
import { carriedMinor, dueMinor } from '#shared/domain/run/review';
import { earnedChangeMinor } from '#shared/domain/run/review-order';

export const listReviewedPartners: HttpHandler<typeof listReviewedPartnersRoute> = async ({ params, query }) => {
  const { items, ...next } = await readReviewedPartners({ ...params, ...query });
  return {
    items: items.map((row) => ({
      ...row,
      dueMinor: dueMinor(row),
      carriedMinor: carriedMinor(row),
      earnedChangeMinor: earnedChangeMinor(row),
    })),
    ...next,
  };
};

export const handler = httpFunction(listReviewedPartnersRoute, listReviewedPartners);
