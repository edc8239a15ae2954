import type { RouteContract } from '#shared/contracts/route';
import { createCodeRoute } from '#shared/contracts/tracking/create-code';
import { createLinkRoute } from '#shared/contracts/tracking/create-link';
import { listCodesRoute } from '#shared/contracts/tracking/list-codes';
import { listLinksRoute } from '#shared/contracts/tracking/list-links';
import { redirectLinkRoute } from '#shared/contracts/tracking/redirect-link';
import { showOfferRoute } from '#shared/contracts/tracking/show-offer';

/** Every HTTP slice of the tracking service. */
export const trackingRoutes: readonly RouteContract[] = [
  redirectLinkRoute,
  showOfferRoute,
  createLinkRoute,
  listLinksRoute,
  createCodeRoute,
  listCodesRoute,
];
