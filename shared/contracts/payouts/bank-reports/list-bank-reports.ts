import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { bankReportSchema } from '#shared/contracts/payouts/bank-reports/bank-report';
import { defineRoute } from '#shared/contracts/route';

export const listBankReportsRoute = defineRoute({
  name: 'list-bank-reports',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/bank-reports',
  summary: "List the bank's reports, the newest first",
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(bankReportSchema),
});
