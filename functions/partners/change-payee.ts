import { caller, payTo } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { changePayeeRoute } from '#shared/contracts/partners/change-payee';

export const changePayee: HttpHandler<typeof changePayeeRoute> = ({ params, body }, context) =>
  payTo({ ...params, payee: body, changeId: context.newId, ...caller(context) });

export const handler = httpFunction(changePayeeRoute, changePayee);
