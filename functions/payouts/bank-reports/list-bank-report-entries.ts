import { entryAnswer } from '#functions/payouts/bank-reports/bank-report-answers';
import { readEntries } from '#functions/payouts/bank-reports/bank-report-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listBankReportEntriesRoute } from '#shared/contracts/payouts/bank-reports/list-bank-report-entries';

export const listBankReportEntries: HttpHandler<typeof listBankReportEntriesRoute> = async ({ params, query }) => {
  const { items, nextCursor } = await readEntries({ ...params, ...query });
  return { items: items.map(entryAnswer), nextCursor };
};

export const handler = httpFunction(listBankReportEntriesRoute, listBankReportEntries);
