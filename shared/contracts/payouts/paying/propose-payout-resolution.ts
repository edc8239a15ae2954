import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { payoutIdSchema, payoutResolutionSchema } from '#shared/contracts/payouts/paying/payout-resolution';
import { defineRoute } from '#shared/contracts/route';
import { RESOLVED_OUTCOMES } from '#shared/domain/ledger/payout-resolution';

export const proposePayoutResolutionRoute = defineRoute({
  name: 'propose-payout-resolution',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/payouts/{payoutId}/resolutions',
  summary: 'Propose, with evidence, what became of a payout that its rail says nothing of',
  description:
    'It changes nothing until another person confirms it. `failed` and `returned` give the amount back to the partner, and the next approved run pays it. Ask the rail first where it can be asked.',
  access: ['admin', 'finance'],
  params: z.object({ programId: idSchema, payoutId: payoutIdSchema }),
  body: z.strictObject({
    outcome: z.enum(RESOLVED_OUTCOMES),
    evidence: z.strictObject({
      reference: z.string().trim().min(1).max(140).meta({
        description:
          'By which the paper or report is found again. Shown to the partner as the reason of a failure or return.',
        example: 'Account statement 2026-02-03, entry 17',
      }),
      note: z.string().trim().min(1).max(1000).meta({ description: 'What it shows, for the person who confirms.' }),
      documentSha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex')
        .optional()
        .meta({ description: 'Of the file that holds the evidence, which you keep.' }),
    }),
  }),
  status: 201,
  response: payoutResolutionSchema,
});
