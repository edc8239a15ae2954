import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { bankReportSchema, reportIdSchema } from '#shared/contracts/payouts/bank-reports/bank-report';
import { defineRoute } from '#shared/contracts/route';

export const getBankReportRoute = defineRoute({
  name: 'get-bank-report',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/bank-reports/{reportId}',
  summary: 'Show a report of the bank, and how far it is worked through',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema, reportId: reportIdSchema }),
  status: 200,
  response: bankReportSchema,
});
