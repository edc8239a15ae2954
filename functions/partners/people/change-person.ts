import { actingAdmin, personAnswer } from '#functions/partners/people/answers';
import { keepPeople } from '#functions/partners/people/people-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { changePersonRoute } from '#shared/contracts/partners/people/change-person';

export const changePerson: HttpHandler<typeof changePersonRoute> = async ({ params, body }, context) => {
  const { programId, personId } = params;
  return personAnswer(await keepPeople.change({ ...actingAdmin(context, programId), personId }, body));
};

export const handler = httpFunction(changePersonRoute, changePerson);
