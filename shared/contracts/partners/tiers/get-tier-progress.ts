import * as z from 'zod';
import { asOfSchema, idSchema } from '#shared/contracts/fields';
import { tierRequirementSchema } from '#shared/contracts/partners/tiers/tier-requirement';
import { defineRoute } from '#shared/contracts/route';

const count = z
  .int()
  .meta({ description: 'A number, minor units or basis points, as in the condition; of yes and no 1 or 0.' });
const words = z.string().meta({ description: 'The same in plain words, in the language asked for.' });
const counted = { condition: tierRequirementSchema, found: count, wanted: count };

export const tierMeasureSchema = z.object({
  ...counted,
  met: z.boolean(),
  lessFrom: z.string().optional().meta({ description: 'When time alone first makes less of it.' }),
  moreFrom: z.string().optional().meta({ description: 'When a sale in its hold first makes more of it.' }),
  words,
});
export const tierDistanceSchema = z.object({
  ...counted,
  missing: count,
  by: z.string().optional().meta({ description: 'Until when it must be there.' }),
  words,
});

const ratesBps = z
  .array(z.int())
  .meta({ description: 'Shares of sales that the plan of the partner pays in this tier, in basis points.' });

export const tierProgressSchema = z.object({
  partnerId: z.string(),
  asOf: z.string(),
  schemeVersion: z.int().meta({ description: 'Of the tiers that held then.' }),
  language: z.string(),
  summary: z.string().meta({ description: 'The distance in one or two sentences.' }),
  tier: z.string().optional().meta({ description: 'Absent before the partner has one.' }),
  ratesBps,
  heldBy: z.enum(['facts', 'person', 'other_terms']).optional().meta({
    description: 'What keeps the partner there: its facts, a person or its enrolment, or terms outside of the tiers.',
  }),
  heldUntil: z.string().optional().meta({ description: 'When what a person decided for a time is over.' }),
  upcoming: z
    .object({ tier: z.string(), from: z.string() })
    .optional()
    .meta({ description: 'Settled, and begins later.' }),
  next: z
    .object({
      tier: z.string(),
      ratesBps,
      suggestedRateBps: z.int().optional(),
      isReached: z
        .boolean()
        .meta({ description: 'Nothing is left: the next review raises the partner, unless it waits for something.' }),
      isWithinReach: z.boolean(),
      waitsFor: z.enum(['plan']).optional().meta({
        description:
          'plan: the plan of the partner names no share for this tier where it names one for the present tier; no review leads there until it does.',
      }),
      by: z.string().optional().meta({ description: 'Until when all of it must be there together.' }),
      distances: z.array(tierDistanceSchema),
      alternatives: z
        .array(z.object({ distances: z.array(tierDistanceSchema) }))
        .optional()
        .meta({ description: 'Where there are several ways to the tier: what is left on others than the nearest.' }),
      measures: z.array(tierMeasureSchema),
    })
    .optional()
    .meta({ description: 'The tier above, if a review leads there.' }),
  nextByInvitation: z.string().optional().meta({ description: 'The tier above, if a person alone leads there.' }),
  isLowered: z.boolean().optional().meta({
    description:
      'A person of the programme has lowered the partner, and alone raises it again: until heldUntil, if that is there.',
  }),
  keeps: z.object({ measures: z.array(tierMeasureSchema), unmet: z.array(tierDistanceSchema) }).meta({
    description: 'What keeps the partner on its tier, or will after heldUntil, and what of it is missing now.',
  }),
  warning: z.object({ to: z.string(), endsAt: z.string() }).optional().meta({
    description: 'At endsAt the partner moves to that tier, unless what is missing is there again.',
  }),
});

export const getTierProgressRoute = defineRoute({
  name: 'get-tier-progress',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/tier-progress',
  summary: 'Read how far a partner is from its next tier, and what keeps it on its own',
  description:
    'Measured when asked, from every fact that was recorded by asOf; an asOf to come is now. Until the facts of a partner can be read completely it answers 503 rather than a part of them.',
  access: ['partner', 'partner_manager', 'finance', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  query: z.object({ asOf: asOfSchema.optional(), lang: z.enum(['en', 'de', 'es', 'fr']).default('en') }),
  status: 200,
  response: tierProgressSchema,
});
