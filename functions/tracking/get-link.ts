import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { linkAnswer, linkChangeAnswer } from '#functions/tracking/answers';
import { clock, publicUrl } from '#functions/tracking/composition';
import { linkCaller } from '#functions/tracking/link-caller';
import { readLink } from '#functions/tracking/link-composition';
import { getLinkRoute } from '#shared/contracts/tracking/get-link';

export const getLink: HttpHandler<typeof getLinkRoute> = async ({ params }, { principal }) => {
  const { partnerIds } = linkCaller(principal, params.programId);
  const { link, changes, destinationAllowed } = await readLink({ ...params, partnerIds });
  return {
    ...linkAnswer(link, publicUrl, clock()),
    destinationAllowed,
    pausedBy: link.pausedBy,
    resolvedUtm: link.utm,
    version: link.version ?? 0,
    changes: changes.map((change) => linkChangeAnswer(change, partnerIds !== undefined)),
  };
};

export const handler = httpFunction(getLinkRoute, getLink);
