import { payeeEditor, payTo } from '#functions/partners/payee-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { changePayeeRoute } from '#shared/contracts/partners/change-payee';

export const changePayee: HttpHandler<typeof changePayeeRoute> = ({ params, body }, context) =>
  payTo({
    ...params,
    payee: body,
    changeId: context.newId,
    editor: payeeEditor(context, params.programId),
  });

export const handler = httpFunction(changePayeeRoute, changePayee);
