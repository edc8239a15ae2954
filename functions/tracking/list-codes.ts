import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { codeWithUseAnswer } from '#functions/tracking/answers';
import { listCodesWithUse } from '#functions/tracking/code-composition';
import { publicUrl } from '#functions/tracking/composition';
import { visiblePartner } from '#functions/tracking/visible-partner';
import { listCodesRoute } from '#shared/contracts/tracking/list-codes';

export const listCodes: HttpHandler<typeof listCodesRoute> = async ({ params, query }, { principal }) => {
  const partnerId = visiblePartner(principal, params.programId, query.partnerId);
  const { items, nextCursor } = await listCodesWithUse(params.programId, { ...query, partnerId });
  return { items: items.map((code) => codeWithUseAnswer(code, publicUrl)), nextCursor };
};

export const handler = httpFunction(listCodesRoute, listCodes);
