import { adjusterOf } from '#functions/payouts/adjustments/adjuster';
import { entryAnswer } from '#functions/payouts/bank-reports/bank-report-answers';
import { decideEntry, idempotency } from '#functions/payouts/bank-reports/bank-report-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { decideBankReportEntryRoute } from '#shared/contracts/payouts/bank-reports/decide-bank-report-entry';

export const decideBankReportEntry: HttpHandler<typeof decideBankReportEntryRoute> = async (
  { params, body },
  context,
) => {
  const { by, ownPartners } = adjusterOf(context, params.programId);
  return entryAnswer(await decideEntry({ ...params, ...body, by, ownPartners }));
};

export const handler = httpFunction(decideBankReportEntryRoute, decideBankReportEntry, { idempotency });
