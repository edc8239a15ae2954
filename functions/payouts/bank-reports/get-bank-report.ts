import { reportAnswer } from '#functions/payouts/bank-reports/bank-report-answers';
import { readReport } from '#functions/payouts/bank-reports/bank-report-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getBankReportRoute } from '#shared/contracts/payouts/bank-reports/get-bank-report';

export const getBankReport: HttpHandler<typeof getBankReportRoute> = async ({ params }) =>
  reportAnswer(await readReport(params));

export const handler = httpFunction(getBankReportRoute, getBankReport);
