import { readDrafts } from '#functions/payouts/plans/plan-draft-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listPlanDraftsRoute } from '#shared/contracts/payouts/plans/list-plan-drafts';

/** Without the components: a draft is read whole by its id. */
export const listPlanDrafts: HttpHandler<typeof listPlanDraftsRoute> = async ({ params, query }) => {
  const { items, ...rest } = await readDrafts({ ...params, ...query });
  return { items: items.map(({ components: _, ...draft }) => draft), ...rest };
};

export const handler = httpFunction(listPlanDraftsRoute, listPlanDrafts);
