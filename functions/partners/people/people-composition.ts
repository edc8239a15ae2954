import { apiKeys, clock, partnersTable } from '#functions/partners/composition';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeMembers } from '#shared/adapters/dynamodb/partners/members';
import { makePartnerNames } from '#shared/adapters/dynamodb/partners/partner-names';
import { makePeopleReader } from '#shared/adapters/dynamodb/partners/people';
import { makePeopleDirectory } from '#shared/adapters/dynamodb/partners/people-directory';
import { makeStaffStore } from '#shared/adapters/dynamodb/partners/staff-people';
import { makeKeepPeople } from '#shared/application/partners/people/keep-people';
import { makeListNames } from '#shared/application/partners/people/list-names';
import { makeListPeople } from '#shared/application/partners/people/list-people';
import { makeTellPeople } from '#shared/application/partners/people/tell-people';

const members = makeMembers(partnersTable);
const staff = makeStaffStore(partnersTable);

/** The composition root of who has roles in a programme, and of what ids are called. */
export const keepPeople = makeKeepPeople({ members, programs, tell: makeTellPeople({ staff }), digest, clock });
export const listMembers = makeListPeople({ members, staff, programs });
export const namesOf = makeListNames({
  directory: makePeopleDirectory(partnersTable),
  people: makePeopleReader(partnersTable),
  apiKeys,
  programs,
  partners: makePartnerNames(partnersTable),
});
