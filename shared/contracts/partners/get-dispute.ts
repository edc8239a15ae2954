import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { disputeMessageSchema, disputeSchema, sameOrderSchema } from '#shared/contracts/partners/dispute';
import { defineRoute } from '#shared/contracts/route';

export const getDisputeRoute = defineRoute({
  name: 'get-dispute',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/disputes/{disputeId}',
  summary: 'Read a dispute with what was written about it',
  description: "A partner reads its own; another's answers 404.",
  access: ['partner', 'partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema, disputeId: idSchema }),
  status: 200,
  response: disputeSchema.extend({
    messages: z.array(disputeMessageSchema).meta({ description: 'Oldest first.' }),
    sameOrder: sameOrderSchema.optional().meta({
      description:
        'What else was claimed about the order and what it brought: look here before you decide. Not shown to partners.',
    }),
  }),
});
