import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { linkAnswer } from '#functions/tracking/answers';
import { idempotency, publicUrl } from '#functions/tracking/composition';
import { createLinkOnce } from '#functions/tracking/creation-composition';
import { createLinkRoute } from '#shared/contracts/tracking/create-link';

export const createLink: HttpHandler<typeof createLinkRoute> = async ({ params, body }, { newId }) => {
  const { link, repeated } = await createLinkOnce({ ...body, programId: params.programId, linkId: newId });
  return reply(repeated ? 200 : 201, { body: linkAnswer(link, publicUrl) });
};

export const handler = httpFunction(createLinkRoute, createLink, { idempotency });
