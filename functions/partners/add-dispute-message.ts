import { callerId } from '#functions/partners/composition';
import { messageAnswer, onlyPartnersOf } from '#functions/partners/dispute-answers';
import { addMessage, idempotency } from '#functions/partners/dispute-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { addDisputeMessageRoute } from '#shared/contracts/partners/add-dispute-message';

export const addDisputeMessage: HttpHandler<typeof addDisputeMessageRoute> = async ({ params, body }, context) => {
  const onlyPartners = onlyPartnersOf(context.principal, params.programId);
  const messageId = context.newId;
  const message = await addMessage({ ...params, ...body, messageId, onlyPartners, by: callerId(context) });
  return messageAnswer(message, onlyPartners !== undefined);
};

export const handler = httpFunction(addDisputeMessageRoute, addDisputeMessage, { idempotency });
