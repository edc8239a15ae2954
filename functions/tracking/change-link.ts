import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { linkAnswer } from '#functions/tracking/answers';
import { clock, publicUrl } from '#functions/tracking/composition';
import { linkActor, linkEditor } from '#functions/tracking/link-caller';
import { changeLinkOnce } from '#functions/tracking/link-composition';
import { changeLinkRoute } from '#shared/contracts/tracking/change-link';

export const changeLink: HttpHandler<typeof changeLinkRoute> = async ({ params, body }, { principal }) => {
  const { expiresAt: validUntil, ...change } = body;
  const caller = { ...linkEditor(principal, params.programId), ...linkActor(principal) };
  const link = await changeLinkOnce({ ...params, change: { ...change, validUntil }, ...caller });
  return linkAnswer(link, publicUrl, clock());
};

export const handler = httpFunction(changeLinkRoute, changeLink);
