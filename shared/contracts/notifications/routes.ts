import { listInboxRoute } from '#shared/contracts/notifications/list-inbox';
import { mailRoutes } from '#shared/contracts/notifications/mail-routes';
import { readingRoutes } from '#shared/contracts/notifications/reading/reading-routes';
import { webhookRoutes } from '#shared/contracts/notifications/webhooks/webhook-routes';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the notifications service. */
export const notificationsRoutes: readonly RouteContract[] = [
  listInboxRoute,
  ...readingRoutes,
  ...mailRoutes,
  ...webhookRoutes,
];
