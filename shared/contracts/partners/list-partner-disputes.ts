import * as z from 'zod';
import { cursorSchema, idSchema, pageOf } from '#shared/contracts/fields';
import { disputeSchema, disputesLimitSchema } from '#shared/contracts/partners/dispute';
import { defineRoute } from '#shared/contracts/route';

export const listPartnerDisputesRoute = defineRoute({
  name: 'list-partner-disputes',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/disputes',
  summary: "List a partner's disputes, newest first",
  access: ['partner', 'partner_manager', 'finance', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  query: z.strictObject({ cursor: cursorSchema, limit: disputesLimitSchema }),
  status: 200,
  response: pageOf(disputeSchema),
});
