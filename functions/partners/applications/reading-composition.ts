import { applications, clock } from '#functions/partners/applications/composition';
import { partnersTable } from '#functions/partners/composition';
import { makePeopleReader } from '#shared/adapters/dynamodb/partners/people';
import { makeGetApplication, makeListApplications } from '#shared/application/partners/applications/read-applications';

export const list = makeListApplications({ applications, clock });
export const get = makeGetApplication({ applications, people: makePeopleReader(partnersTable), clock });
