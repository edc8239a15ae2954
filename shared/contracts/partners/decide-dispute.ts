import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { disputeSchema, outcomeSchema, remedySchema, textSchema } from '#shared/contracts/partners/dispute';
import { defineRoute } from '#shared/contracts/route';

export const decideDisputeRoute = defineRoute({
  name: 'decide-dispute',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/disputes/{disputeId}/decisions',
  summary: 'Decide a dispute',
  description:
    'Not by who filed it. An accepted claim is made good by an adjustment, or by giving the sale to the partner, in the first ' +
    'open month; the dispute says what came of it. What cannot be carried out as things are is refused (422 at `/remedy/...`): ' +
    "a sale that is not recorded, is the partner's already or was paid to another in a closed month; an adjustment in another " +
    "currency than the order's; either while the sale is held for review. " +
    'An adjustment above the limit of one person, or decided without the role ' +
    'finance or admin, waits for a second person with one of these roles or approver.',
  access: ['partner_manager', 'finance', 'admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, disputeId: idSchema }),
  body: z.strictObject({
    outcome: outcomeSchema,
    remedy: remedySchema.optional().meta({ description: 'With an accepted claim, and only with one.' }),
    explanation: textSchema.meta({ description: 'What the partner is told.' }),
  }),
  status: 201,
  response: disputeSchema,
});
