import { listInboxRoute } from '#shared/contracts/notifications/list-inbox';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the notifications service. */
export const notificationsRoutes: readonly RouteContract[] = [listInboxRoute];
