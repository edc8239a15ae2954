import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const exportStatementPdfRoute = defineRoute({
  name: 'export-statement-pdf',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/statements/{statementId}/pdf',
  summary: 'Download a statement as PDF',
  description:
    'For people and their accountants: programme, partner, the days of the period, the balance brought forward, every ' +
    'line with its day and its calculation, subtotals, totals, the balance carried forward and the digest. A draft is marked as one ' +
    'on each page. The same statement answers the same bytes. One of more than 10,000 lines answers 422: download its ' +
    'CSV. A partner sees its own final statements only.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({
    programId: idSchema,
    statementId: z.string().regex(/^[A-Za-z0-9._:~-]{1,160}$/, 'must be a statement id'),
  }),
  status: 200,
  responseType: 'application/pdf',
});
