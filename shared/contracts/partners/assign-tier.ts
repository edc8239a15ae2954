import * as z from 'zod';
import { idSchema, instantSchema, tierSchema } from '#shared/contracts/fields';
import { tierHintSchema, tierTermSchema } from '#shared/contracts/partners/get-partner';
import { defineRoute } from '#shared/contracts/route';

export const assignTierRoute = defineRoute({
  name: 'assign-tier',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/tiers',
  summary: 'Assign a tier to a partner from an instant on',
  description:
    'Nothing is overwritten, and any tier name is allowed. A start in the open past counts for the conversions since; one in a closed period takes effect at the first instant of the first open one. The partner is told once, when the tier in force changes.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  body: z.strictObject({
    tier: tierSchema,
    from: instantSchema,
    reason: z.string().trim().min(1).max(500),
    until: instantSchema.optional().meta({
      description:
        'The end of what a person decided, after `from` and in the future: from then on the numbers decide. Absent: no review lowers this tier.',
    }),
  }),
  status: 201,
  response: tierTermSchema.extend({ hint: tierHintSchema }),
});
