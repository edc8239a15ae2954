import { askingOf } from '#functions/notifications/reading/composition';
import { staffPreferences } from '#functions/notifications/reading/keeping-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getStaffPreferencesRoute } from '#shared/contracts/notifications/reading/get-staff-preferences';

export const getStaffPreferences: HttpHandler<typeof getStaffPreferencesRoute> = ({ params }, context) =>
  staffPreferences({ ...params, asking: askingOf(context, params.programId) });

export const handler = httpFunction(getStaffPreferencesRoute, getStaffPreferences);
