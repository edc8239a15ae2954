import { actingAdmin } from '#functions/partners/people/answers';
import { keepPeople } from '#functions/partners/people/people-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { removePersonRoute } from '#shared/contracts/partners/people/remove-person';

export const removePerson: HttpHandler<typeof removePersonRoute> = async ({ params }, context) => {
  const { programId, personId } = params;
  await keepPeople.remove({ ...actingAdmin(context, programId), personId });
  return { personId, state: 'removed' as const };
};

export const handler = httpFunction(removePersonRoute, removePerson);
