import { callerOf } from '#functions/notifications/reading/composition';
import { partnerPreferences } from '#functions/notifications/reading/keeping-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { setNotificationPreferencesRoute } from '#shared/contracts/notifications/reading/set-notification-preferences';

export const setNotificationPreferences: HttpHandler<typeof setNotificationPreferencesRoute> = (
  { params, body },
  context,
) => partnerPreferences({ ...params, by: callerOf(context).by }, body);

export const handler = httpFunction(setNotificationPreferencesRoute, setNotificationPreferences);
