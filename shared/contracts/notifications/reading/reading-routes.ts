import { addStaffPersonRoute } from '#shared/contracts/notifications/reading/add-staff-person';
import { changeStaffPersonRoute } from '#shared/contracts/notifications/reading/change-staff-person';
import { getNotificationPreferencesRoute } from '#shared/contracts/notifications/reading/get-notification-preferences';
import { getStaffPreferencesRoute } from '#shared/contracts/notifications/reading/get-staff-preferences';
import { listStaffRoute } from '#shared/contracts/notifications/reading/list-staff';
import { listStaffInboxRoute } from '#shared/contracts/notifications/reading/list-staff-inbox';
import { readNoticeRoute } from '#shared/contracts/notifications/reading/read-notice';
import { readStaffNoticeRoute } from '#shared/contracts/notifications/reading/read-staff-notice';
import { removeStaffPersonRoute } from '#shared/contracts/notifications/reading/remove-staff-person';
import { setNotificationPreferencesRoute } from '#shared/contracts/notifications/reading/set-notification-preferences';
import { setStaffPreferencesRoute } from '#shared/contracts/notifications/reading/set-staff-preferences';
import type { RouteContract } from '#shared/contracts/route';

/** Who is told, how each wants it, and what each has in its inbox. */
export const readingRoutes: readonly RouteContract[] = [
  addStaffPersonRoute,
  listStaffRoute,
  changeStaffPersonRoute,
  removeStaffPersonRoute,
  getNotificationPreferencesRoute,
  setNotificationPreferencesRoute,
  getStaffPreferencesRoute,
  setStaffPreferencesRoute,
  readNoticeRoute,
  listStaffInboxRoute,
  readStaffNoticeRoute,
];
