import * as z from 'zod';
import { idSchema, referenceSchema } from '#shared/contracts/fields';
import { holdDetailSchema } from '#shared/contracts/referrals/hold';
import { defineRoute } from '#shared/contracts/route';

const MAX_REASON_LENGTH = 500;

export const decideHoldRoute = defineRoute({
  name: 'decide-hold',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/holds/{orderId}/decisions',
  summary: 'Release or void a held sale',
  description:
    'Released, it earns from its own month on while that is open, else from the first open one; who released it cannot approve ' +
    'the run of that month. Voided, it never earns its partners anything; it may be given to another. Either is final: a second ' +
    'decision answers 409 `hold_refused`.',
  access: ['partner_manager', 'admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, orderId: referenceSchema }),
  body: z.strictObject({
    decision: z.enum(['release', 'void']),
    reason: z.string().trim().min(1).max(MAX_REASON_LENGTH),
  }),
  status: 201,
  response: holdDetailSchema,
});
