import { askingOf } from '#functions/notifications/reading/composition';
import { staffPreferences } from '#functions/notifications/reading/keeping-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { setStaffPreferencesRoute } from '#shared/contracts/notifications/reading/set-staff-preferences';

export const setStaffPreferences: HttpHandler<typeof setStaffPreferencesRoute> = ({ params, body }, context) =>
  staffPreferences({ ...params, asking: askingOf(context, params.programId) }, body);

export const handler = httpFunction(setStaffPreferencesRoute, setStaffPreferences);
