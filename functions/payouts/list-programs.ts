import { readPrograms } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listProgramsRoute } from '#shared/contracts/payouts/list-programs';

export const listPrograms: HttpHandler<typeof listProgramsRoute> = ({ query }, { principal }) => {
  const granted = (principal?.grants ?? []).map((grant) => grant.programId);
  return readPrograms({ ...query, visible: granted.includes('*') ? 'all' : granted });
};

export const handler = httpFunction(listProgramsRoute, listPrograms);
