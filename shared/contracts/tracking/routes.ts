import type { RouteContract } from '#shared/contracts/route';
import { changeCodeRoute } from '#shared/contracts/tracking/change-code';
import { changeLinkRoute } from '#shared/contracts/tracking/change-link';
import { createCodeRoute } from '#shared/contracts/tracking/create-code';
import { createCodesRoute } from '#shared/contracts/tracking/create-codes';
import { createLinkRoute } from '#shared/contracts/tracking/create-link';
import { createLinksRoute } from '#shared/contracts/tracking/create-links';
import { getCodeRoute } from '#shared/contracts/tracking/get-code';
import { getLinkRoute } from '#shared/contracts/tracking/get-link';
import { listCodesRoute } from '#shared/contracts/tracking/list-codes';
import { listLinkClicksRoute } from '#shared/contracts/tracking/list-link-clicks';
import { listLinksRoute } from '#shared/contracts/tracking/list-links';
import { redirectLinkRoute } from '#shared/contracts/tracking/redirect-link';
import { serveSnippetRoute } from '#shared/contracts/tracking/serve-snippet';
import { showCodeQrRoute } from '#shared/contracts/tracking/show-code-qr';
import { showLinkRoute } from '#shared/contracts/tracking/show-link';
import { showLinkQrRoute } from '#shared/contracts/tracking/show-link-qr';
import { showOfferRoute } from '#shared/contracts/tracking/show-offer';

/** Every HTTP slice of the tracking service. */
export const trackingRoutes: readonly RouteContract[] = [
  redirectLinkRoute,
  showOfferRoute,
  showLinkRoute,
  serveSnippetRoute,
  createLinkRoute,
  createLinksRoute,
  listLinksRoute,
  getLinkRoute,
  listLinkClicksRoute,
  changeLinkRoute,
  showLinkQrRoute,
  createCodeRoute,
  createCodesRoute,
  listCodesRoute,
  getCodeRoute,
  changeCodeRoute,
  showCodeQrRoute,
];
