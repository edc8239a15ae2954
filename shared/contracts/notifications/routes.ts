import { listInboxRoute } from '#shared/contracts/notifications/list-inbox';
import { webhookRoutes } from '#shared/contracts/notifications/webhooks/webhook-routes';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the notifications service. */
export const notificationsRoutes: readonly RouteContract[] = [listInboxRoute, ...webhookRoutes];
