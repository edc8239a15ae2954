import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { auditVerificationSchema } from '#shared/contracts/payouts/audit/audit-verification';
import { defineRoute } from '#shared/contracts/route';

export const listAuditVerificationsRoute = defineRoute({
  name: 'list-audit-verifications',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/audit-trail/verifications',
  summary: 'List what was proved of the books, by whom and when; newest first',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(auditVerificationSchema),
});
