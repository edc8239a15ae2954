import { readProgram } from '#functions/payouts/composition';
import { programAnswer } from '#functions/payouts/programs/program-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';

export const getProgram: HttpHandler<typeof getProgramRoute> = async ({ params }, context) =>
  programAnswer(await readProgram(params.programId), context);

export const handler = httpFunction(getProgramRoute, getProgram);
