import { adjusterOf } from '#functions/payouts/adjuster';
import { entryAnswer } from '#functions/payouts/bank-report-answers';
import { decideEntry, idempotency } from '#functions/payouts/bank-report-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { decideBankReportEntryRoute } from '#shared/contracts/payouts/decide-bank-report-entry';

export const decideBankReportEntry: HttpHandler<typeof decideBankReportEntryRoute> = async (
  { params, body },
  context,
) => {
  const { by, ownPartners } = adjusterOf(context, params.programId);
  return entryAnswer(await decideEntry({ ...params, ...body, by, ownPartners }));
};

export const handler = httpFunction(decideBankReportEntryRoute, decideBankReportEntry, { idempotency });
