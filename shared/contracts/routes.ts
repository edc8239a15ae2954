import { consoleRoutes } from '#shared/contracts/console/routes';
import { notificationsRoutes } from '#shared/contracts/notifications/routes';
import { partnersRoutes } from '#shared/contracts/partners/routes';
import { payoutsRoutes } from '#shared/contracts/payouts/routes';
import { referralsRoutes } from '#shared/contracts/referrals/routes';
import type { RouteContract } from '#shared/contracts/route';
import { trackingRoutes } from '#shared/contracts/tracking/routes';

/** The whole API: infra makes routes of it, OpenAPI is generated from it. */
export const routes: readonly RouteContract[] = [
  ...trackingRoutes,
  ...referralsRoutes,
  ...partnersRoutes,
  ...payoutsRoutes,
  ...notificationsRoutes,
  ...consoleRoutes,
];
