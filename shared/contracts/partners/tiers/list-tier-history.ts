import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema } from '#shared/contracts/fields';
import { tierTermSchema } from '#shared/contracts/partners/get-partner';
import { tierDistanceSchema } from '#shared/contracts/partners/tiers/get-tier-progress';
import { tierRequirementSchema } from '#shared/contracts/partners/tiers/tier-requirement';
import { defineRoute } from '#shared/contracts/route';

export const tierStepSchema = z.object({
  number: z.int().meta({ description: '1, 2, 3 ... of this partner.' }),
  kind: z.enum(['promoted', 'warned', 'lifted', 'demoted', 'within_reach']),
  at: z.string().meta({ description: 'When it was decided.' }),
  asOf: z.string().meta({ description: 'As of when it was measured.' }),
  schemeVersion: z.int().meta({ description: "Of the programme's tiers it was decided by." }),
  tier: z.string(),
  to: z.string().optional(),
  from: z.string().optional().meta({ description: 'When a move takes effect.' }),
  warningId: z.string().optional().meta({ description: 'The same from the first warning to its end.' }),
  endsAt: z.string().optional().meta({ description: 'Of a warning: when the tier falls, unless it is lifted.' }),
  isLast: z.boolean().optional(),
  measures: z
    .array(z.object({ condition: tierRequirementSchema, found: z.int(), wanted: z.int(), met: z.boolean() }))
    .meta({ description: 'Everything it was decided on.' }),
  unmet: z.array(tierDistanceSchema),
});

export const listTierHistoryRoute = defineRoute({
  name: 'list-tier-history',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/tier-history',
  summary: 'Read which tiers a partner had from when, and what reviews decided and why',
  description:
    'The tiers are all of them, in the order they were recorded; of two with the same start the later one counts. What reviews decided comes by page, the newest first.',
  access: ['partner', 'partner_manager', 'finance', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  query: z.object({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: z.object({
    tiers: z.array(tierTermSchema),
    items: z.array(tierStepSchema),
    nextCursor: z.string().optional(),
  }),
});
