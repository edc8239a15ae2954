import { programs, railAnswer, railChanges } from '#functions/payouts/rails/rail-setup-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeListRails } from '#shared/application/payouts/rails/set-rail';
import { listRailsRoute } from '#shared/contracts/payouts/rails/list-rails';

const readRails = makeListRails({ changes: railChanges, programs });

export const listRails: HttpHandler<typeof listRailsRoute> = async ({ params }) => ({
  items: (await readRails(params)).map(railAnswer),
});

export const handler = httpFunction(listRailsRoute, listRails);
