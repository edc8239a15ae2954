import { readPrograms } from '#functions/payouts/composition';
import { programAnswer } from '#functions/payouts/programs/program-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listProgramsRoute } from '#shared/contracts/payouts/programs/list-programs';

export const listPrograms: HttpHandler<typeof listProgramsRoute> = async ({ query }, context) => {
  const granted = (context.principal?.grants ?? []).map((grant) => grant.programId);
  const page = await readPrograms({ ...query, visible: granted.includes('*') ? 'all' : granted });
  return { ...page, items: page.items.map((program) => programAnswer(program, context)) };
};

export const handler = httpFunction(listProgramsRoute, listPrograms);
