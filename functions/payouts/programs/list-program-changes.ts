import { programs } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeListProgramChanges } from '#shared/application/payouts/programs/list-program-changes';
import { listProgramChangesRoute } from '#shared/contracts/payouts/programs/list-program-changes';

const readChanges = makeListProgramChanges({ programs });

export const listProgramChanges: HttpHandler<typeof listProgramChangesRoute> = async ({ params }) => ({
  items: await readChanges(params.programId),
});

export const handler = httpFunction(listProgramChangesRoute, listProgramChanges);
