import { callerOf } from '#functions/notifications/reading/composition';
import { removePerson } from '#functions/notifications/reading/keeping-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { removeStaffPersonRoute } from '#shared/contracts/notifications/reading/remove-staff-person';

export const removeStaffPerson: HttpHandler<typeof removeStaffPersonRoute> = async ({ params }, context) => {
  await removePerson({ ...params, ...callerOf(context) });
  return { personId: params.personId, state: 'removed' as const };
};

export const handler = httpFunction(removeStaffPersonRoute, removeStaffPerson);
