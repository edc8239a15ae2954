import { adjusterOf } from '#functions/payouts/adjustments/adjuster';
import { decideReport, idempotency, workingTime } from '#functions/payouts/bank-reports/bank-report-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { decideBankReportRoute } from '#shared/contracts/payouts/bank-reports/decide-bank-report';

export const decideBankReport: HttpHandler<typeof decideBankReportRoute> = async ({ params, body }, context) => {
  const { by, ownPartners } = adjusterOf(context, params.programId);
  const answer = await decideReport({ ...params, ...body, by, ownPartners, ...workingTime() });
  // Under the same key the rest is decided, instead of this answer.
  return reply(decideBankReportRoute.status, { body: answer, forget: !answer.isDone });
};

export const handler = httpFunction(decideBankReportRoute, decideBankReport, { idempotency });
