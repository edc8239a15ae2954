import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { disputeMessageSchema, evidenceSchema, textSchema } from '#shared/contracts/partners/dispute';
import { defineRoute } from '#shared/contracts/route';

export const addDisputeMessageRoute = defineRoute({
  name: 'add-dispute-message',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/disputes/{disputeId}/messages',
  summary: 'Add evidence or an answer to a dispute',
  description: 'It does not stop the deadline: a decision does.',
  access: ['partner', 'partner_manager', 'finance', 'admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, disputeId: idSchema }),
  body: z.strictObject({
    text: textSchema,
    evidence: evidenceSchema.default([]),
    internal: z.boolean().default(false).meta({ description: 'A note among staff: partners never see it.' }),
  }),
  status: 201,
  response: disputeMessageSchema,
});
