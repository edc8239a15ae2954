import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { bankEntrySchema, reportIdSchema } from '#shared/contracts/payouts/bank-reports/bank-report';
import { defineRoute } from '#shared/contracts/route';

export const listBankReportEntriesRoute = defineRoute({
  name: 'list-bank-report-entries',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/bank-report-entries',
  summary: 'List entries of bank reports: by default those that matched nothing',
  description:
    'With `reportId` the entries of one report in its order; a page may be short and still have a next one. Without, those of all reports with the status, the oldest first.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    status: z.enum(['unmatched', 'awaiting_confirmation', 'handled']).optional().meta({
      description: 'Default: `unmatched`; with `reportId` every status.',
    }),
    reportId: reportIdSchema.optional(),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(bankEntrySchema),
});
