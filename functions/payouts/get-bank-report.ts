import { reportAnswer } from '#functions/payouts/bank-report-answers';
import { readReport } from '#functions/payouts/bank-report-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getBankReportRoute } from '#shared/contracts/payouts/get-bank-report';

export const getBankReport: HttpHandler<typeof getBankReportRoute> = async ({ params }) =>
  reportAnswer(await readReport(params));

export const handler = httpFunction(getBankReportRoute, getBankReport);
