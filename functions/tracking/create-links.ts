import { answerEach } from '#functions/referrals/batch';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { linkAnswer } from '#functions/tracking/answers';
import { clock, idempotency, publicUrl } from '#functions/tracking/composition';
import { createLinkOnce } from '#functions/tracking/creation-composition';
import { linkInput } from '#functions/tracking/inputs';
import { linkSchema } from '#shared/contracts/tracking/create-link';
import { createLinksRoute } from '#shared/contracts/tracking/create-links';
import { slugSkeleton } from '#shared/domain/tracking/slug';

export const createLinks: HttpHandler<typeof createLinksRoute> = ({ params, body }, { newId }) =>
  answerEach(
    body.items,
    linkSchema,
    // Look-alikes in turn, so that the first one sent is the one that stands.
    ({ slug }) => (slug === undefined ? [] : [slugSkeleton(slug)]),
    async (item, index) => {
      const wanted = linkInput(params.programId, item, `${newId}-${index}`, 'staff');
      const { link, repeated } = await createLinkOnce(wanted);
      return { status: repeated ? 200 : 201, link: linkAnswer(link, publicUrl, clock()) };
    },
  );

export const handler = httpFunction(createLinksRoute, createLinks, { idempotency });
