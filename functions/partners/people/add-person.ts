import { idempotency } from '#functions/partners/composition';
import { actingAdmin, personAnswer } from '#functions/partners/people/answers';
import { keepPeople } from '#functions/partners/people/people-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { addPersonRoute } from '#shared/contracts/partners/people/add-person';

export const addPerson: HttpHandler<typeof addPersonRoute> = async ({ params, body }, context) =>
  personAnswer(await keepPeople.add({ ...actingAdmin(context, params.programId), personId: context.newId }, body));

export const handler = httpFunction(addPersonRoute, addPerson, { idempotency });
