import { askingOf, staff } from '#functions/notifications/reading/composition';
import { personAnswer, programs } from '#functions/notifications/reading/keeping-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeListStaff } from '#shared/application/notifications/staff/list-staff';
import { listStaffRoute } from '#shared/contracts/notifications/reading/list-staff';

const list = makeListStaff({ staff, programs });

export const listStaff: HttpHandler<typeof listStaffRoute> = async ({ params: { programId } }, context) => ({
  items: (await list(programId, askingOf(context, programId))).map(personAnswer),
});

export const handler = httpFunction(listStaffRoute, listStaff);
