import { readDisclosures } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listDisclosuresRoute } from '#shared/contracts/payouts/programs/list-disclosures';

export const listDisclosures: HttpHandler<typeof listDisclosuresRoute> = async ({ params }) => ({
  items: await readDisclosures(params.programId),
});

export const handler = httpFunction(listDisclosuresRoute, listDisclosures);
