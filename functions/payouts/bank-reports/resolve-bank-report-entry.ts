import { adjusterOf } from '#functions/payouts/adjustments/adjuster';
import { entryAnswer } from '#functions/payouts/bank-reports/bank-report-answers';
import { idempotency, resolveEntry } from '#functions/payouts/bank-reports/bank-report-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { resolveBankReportEntryRoute } from '#shared/contracts/payouts/bank-reports/resolve-bank-report-entry';

export const resolveBankReportEntry: HttpHandler<typeof resolveBankReportEntryRoute> = async (
  { params, body },
  context,
) => {
  const { by, ownPartners } = adjusterOf(context, params.programId);
  return entryAnswer(await resolveEntry({ ...params, ...body, by, ownPartners }));
};

export const handler = httpFunction(resolveBankReportEntryRoute, resolveBankReportEntry, { idempotency });
