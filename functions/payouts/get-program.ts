import { readProgram } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getProgramRoute } from '#shared/contracts/payouts/get-program';

export const getProgram: HttpHandler<typeof getProgramRoute> = ({ params }) => readProgram(params.programId);

export const handler = httpFunction(getProgramRoute, getProgram);
