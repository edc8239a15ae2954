import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { reportIdSchema } from '#shared/contracts/payouts/bank-reports/bank-report';
import { confirmationSchema } from '#shared/contracts/payouts/bank-reports/decide-bank-report-entry';
import { defineRoute } from '#shared/contracts/route';

export const decideBankReportRoute = defineRoute({
  name: 'decide-bank-report',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/bank-reports/{reportId}/decisions',
  summary: 'Confirm or decline, as a second person, all entries of a report that give money back',
  description: 'Each as by itself. Until `isDone`, send the same again to go on.',
  access: ['admin', 'finance', 'approver'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, reportId: reportIdSchema }),
  body: confirmationSchema,
  status: 200,
  response: z.object({
    decided: z.int(),
    kept: z
      .int()
      .meta({ description: 'Entries that need yet another person: you matched them, or act for their partner.' }),
    isDone: z.boolean(),
  }),
});
