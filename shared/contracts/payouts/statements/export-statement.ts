import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const exportStatementRoute = defineRoute({
  name: 'export-statement',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/statements/{statementId}/csv',
  summary: 'Download a statement as CSV',
  description:
    'Programme, partner, period and the balance brought forward; every line with its calculation and the ' +
    'day of its sale, refund or chargeback in the time zone of the programme; the totals and the ' +
    'balance carried forward. A partner sees its own final statements only.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({
    programId: idSchema,
    statementId: z.string().regex(/^[A-Za-z0-9._:~-]{1,160}$/, 'must be a statement id'),
  }),
  status: 200,
  responseType: 'text/csv; charset=utf-8; header=present',
});
