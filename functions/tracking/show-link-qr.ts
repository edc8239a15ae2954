import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { linkUrl } from '#functions/tracking/answers';
import { links, publicUrl } from '#functions/tracking/composition';
import { linkCaller } from '#functions/tracking/link-caller';
import { qrReply } from '#functions/tracking/qr-reply';
import { requireLink } from '#shared/application/tracking/links/require-link';
import { showLinkQrRoute } from '#shared/contracts/tracking/show-link-qr';

export const showLinkQr: HttpHandler<typeof showLinkQrRoute> = async ({ params, query }, { principal }) => {
  const { partnerIds } = linkCaller(principal, params.programId);
  const { slug } = await requireLink(links, { ...params, partnerIds });
  return qrReply(linkUrl(slug, publicUrl), slug, query);
};

export const handler = httpFunction(showLinkQrRoute, showLinkQr);
