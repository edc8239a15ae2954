import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { linkAnswer } from '#functions/tracking/answers';
import { clock, idempotency, publicUrl } from '#functions/tracking/composition';
import { createLinkOnce } from '#functions/tracking/creation-composition';
import { linkInput } from '#functions/tracking/inputs';
import { linkEditor, requireOwnPartner } from '#functions/tracking/link-caller';
import { createLinkRoute } from '#shared/contracts/tracking/create-link';

export const createLink: HttpHandler<typeof createLinkRoute> = async ({ params, body }, { newId, principal }) => {
  const caller = linkEditor(principal, params.programId);
  requireOwnPartner(caller, body.partnerId);
  const { link, repeated } = await createLinkOnce(linkInput(params.programId, body, newId, caller.side));
  return reply(repeated ? 200 : 201, { body: linkAnswer(link, publicUrl, clock()) });
};

export const handler = httpFunction(createLinkRoute, createLink, { idempotency });
