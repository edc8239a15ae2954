import { reportAnswer } from '#functions/payouts/bank-reports/bank-report-answers';
import { readReports } from '#functions/payouts/bank-reports/bank-report-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listBankReportsRoute } from '#shared/contracts/payouts/bank-reports/list-bank-reports';

export const listBankReports: HttpHandler<typeof listBankReportsRoute> = async ({ params, query }) => {
  const { items, nextCursor } = await readReports({ ...params, ...query });
  return { items: items.map(reportAnswer), nextCursor };
};

export const handler = httpFunction(listBankReportsRoute, listBankReports);
