import type { RouteContract } from '#shared/contracts/route';
import { changeLinkRoute } from '#shared/contracts/tracking/change-link';
import { createCodeRoute } from '#shared/contracts/tracking/create-code';
import { createLinkRoute } from '#shared/contracts/tracking/create-link';
import { createLinksRoute } from '#shared/contracts/tracking/create-links';
import { getLinkRoute } from '#shared/contracts/tracking/get-link';
import { listCodesRoute } from '#shared/contracts/tracking/list-codes';
import { listLinkClicksRoute } from '#shared/contracts/tracking/list-link-clicks';
import { listLinksRoute } from '#shared/contracts/tracking/list-links';
import { redirectLinkRoute } from '#shared/contracts/tracking/redirect-link';
import { showCodeQrRoute } from '#shared/contracts/tracking/show-code-qr';
import { showLinkQrRoute } from '#shared/contracts/tracking/show-link-qr';
import { showOfferRoute } from '#shared/contracts/tracking/show-offer';

/** Every HTTP slice of the tracking service. */
export const trackingRoutes: readonly RouteContract[] = [
  redirectLinkRoute,
  showOfferRoute,
  createLinkRoute,
  createLinksRoute,
  listLinksRoute,
  getLinkRoute,
  listLinkClicksRoute,
  changeLinkRoute,
  showLinkQrRoute,
  createCodeRoute,
  listCodesRoute,
  showCodeQrRoute,
];
