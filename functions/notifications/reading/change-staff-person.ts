import { callerOf } from '#functions/notifications/reading/composition';
import { changePerson, personAnswer } from '#functions/notifications/reading/keeping-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { changeStaffPersonRoute } from '#shared/contracts/notifications/reading/change-staff-person';

export const changeStaffPerson: HttpHandler<typeof changeStaffPersonRoute> = async ({ params, body }, context) =>
  personAnswer(await changePerson({ ...params, ...callerOf(context) }, body));

export const handler = httpFunction(changeStaffPersonRoute, changeStaffPerson);
