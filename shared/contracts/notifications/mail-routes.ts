import { liftMailProblemRoute } from '#shared/contracts/notifications/lift-mail-problem';
import { listMailProblemsRoute } from '#shared/contracts/notifications/list-mail-problems';
import { showUnsubscribeRoute, unsubscribeRoute } from '#shared/contracts/notifications/unsubscribe';
import type { RouteContract } from '#shared/contracts/route';

/** Whether mail reaches somebody. */
export const mailRoutes: readonly RouteContract[] = [
  listMailProblemsRoute,
  liftMailProblemRoute,
  showUnsubscribeRoute,
  unsubscribeRoute,
];
