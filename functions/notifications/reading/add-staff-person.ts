import { callerOf } from '#functions/notifications/reading/composition';
import { addPerson, idempotency, personAnswer } from '#functions/notifications/reading/keeping-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { addStaffPersonRoute } from '#shared/contracts/notifications/reading/add-staff-person';

export const addStaffPerson: HttpHandler<typeof addStaffPersonRoute> = async ({ params, body }, context) =>
  personAnswer(await addPerson({ ...params, personId: context.newId, ...callerOf(context) }, body));

export const handler = httpFunction(addStaffPersonRoute, addStaffPerson, { idempotency });
