import * as z from 'zod';
import { cursorSchema, idSchema, pageOf } from '#shared/contracts/fields';
import { disputeSchema, disputesLimitSchema } from '#shared/contracts/partners/dispute';
import { defineRoute } from '#shared/contracts/route';
import { DISPUTE_STATUSES } from '#shared/domain/partner/dispute';

export const listDisputesRoute = defineRoute({
  name: 'list-disputes',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/disputes',
  summary: 'List disputes, the overdue ones first',
  description:
    'Without `status`: all that staff have to answer, escalated and failed ones first, in each the one due first.',
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema }),
  query: z.strictObject({
    status: z.enum(DISPUTE_STATUSES).optional(),
    cursor: cursorSchema,
    limit: disputesLimitSchema,
  }),
  status: 200,
  response: pageOf(disputeSchema),
});
