import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { payoutSchema } from '#shared/contracts/payouts/paying/list-payouts';
import {
  evidenceSchema,
  payoutIdSchema,
  payoutResolutionSchema,
  payoutStatusSchema,
} from '#shared/contracts/payouts/paying/payout-resolution';
import { defineRoute } from '#shared/contracts/route';

export const shownPayoutSchema = payoutSchema.extend({
  railReference: z.string().optional().meta({ description: "The rail's own id of it. Not shown to partners." }),
  blocked: z
    .object({ reason: z.string(), whatToDo: z.string() })
    .optional()
    .meta({ description: 'Why it does not go on by itself, and what to do about it.' }),
  history: z
    .array(
      z.object({
        sequence: z.int(),
        from: payoutStatusSchema,
        to: payoutStatusSchema,
        at: z.string(),
        step: z.string().meta({ example: 'claim' }),
        reason: z.string().optional(),
        reference: z.string().optional(),
        runId: z.string().optional(),
        rail: z.string().optional(),
        by: z.string().optional().meta({
          description:
            '`system:payouts` for what a run did, `system:rail` for what a rail said, or who confirmed it. Not shown to partners.',
        }),
        evidence: evidenceSchema
          .extend({ resolutionId: z.string().optional(), proposedBy: z.string().optional() })
          .optional(),
      }),
    )
    .meta({
      description:
        'Every change, oldest first, each written with the change itself. Of a payout from before there was a history only what came later.',
    }),
  resolutions: z.array(payoutResolutionSchema).meta({ description: 'Empty for partners.' }),
});

export const getPayoutRoute = defineRoute({
  name: 'get-payout',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payouts/{payoutId}',
  summary: 'Read a payout: what it waits for, and how it came to where it is',
  description: 'A partner sees its own, without who did what on our side.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({ programId: idSchema, payoutId: payoutIdSchema }),
  status: 200,
  response: shownPayoutSchema,
});
