import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { tierRequirementSchema } from '#shared/contracts/partners/tiers/tier-requirement';
import { defineRoute } from '#shared/contracts/route';

export const tierSchemeVersionSchema = z.object({
  version: z.int().meta({ description: '0: nobody has said anything, and the default holds.' }),
  tiers: z
    .array(
      z.object({
        tier: z.string(),
        requires: tierRequirementSchema,
        byInvitation: z.boolean(),
        suggestedRateBps: z.int().optional(),
      }),
    )
    .meta({ description: 'Lowest first.' }),
  promotion: z.enum(['at_once', 'next_period']),
  graceDays: z.int(),
  warnAgainDays: z.int(),
  nudgeFromBps: z.int(),
  recordedAt: z.string().optional(),
  recordedBy: z.string().optional().meta({ description: 'For the people who run the programme.' }),
  reason: z.string().optional().meta({ description: 'For the people who run the programme.' }),
});

export const getTierSchemeRoute = defineRoute({
  name: 'get-tier-scheme',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/tier-scheme',
  summary: "Read a programme's tiers: what each asks for, and how partners move between them",
  description:
    'What a tier pays is in the plan of each partner; suggestedRateBps is where a new plan draft starts (`fromTierScheme`).',
  access: ['partner', 'partner_manager', 'finance', 'approver', 'admin', 'merchant'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: tierSchemeVersionSchema,
});
