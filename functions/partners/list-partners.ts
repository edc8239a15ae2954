import { list } from '#functions/partners/programs-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listPartnersRoute } from '#shared/contracts/partners/list-partners';

export const listPartners: HttpHandler<typeof listPartnersRoute> = ({ params, query }) => list({ ...params, ...query });

export const handler = httpFunction(listPartnersRoute, listPartners);
