import { personAnswer } from '#functions/partners/people/answers';
import { listMembers } from '#functions/partners/people/people-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listPeopleRoute } from '#shared/contracts/partners/people/list-people';

export const listPeople: HttpHandler<typeof listPeopleRoute> = async ({ params }) => ({
  items: (await listMembers(params.programId)).map((member) => ({
    ...personAnswer(member),
    staffPersonId: member.staffPersonId,
  })),
});

export const handler = httpFunction(listPeopleRoute, listPeople);
