import { callerOf } from '#functions/notifications/reading/composition';
import { partnerPreferences } from '#functions/notifications/reading/keeping-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getNotificationPreferencesRoute } from '#shared/contracts/notifications/reading/get-notification-preferences';

export const getNotificationPreferences: HttpHandler<typeof getNotificationPreferencesRoute> = ({ params }, context) =>
  partnerPreferences({ ...params, by: callerOf(context).by });

export const handler = httpFunction(getNotificationPreferencesRoute, getNotificationPreferences);
