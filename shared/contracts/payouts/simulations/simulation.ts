import * as z from 'zod';

const costFields = {
  currency: z.string(),
  paidEarnedMinor: z.int().meta({
    description:
      'What the approved statements of the closed months say was earned. Estimated months are no part of it: nothing of them is paid.',
  }),
  estimatedEarnedMinor: z.int().optional().meta({
    description:
      'What the terms in force come to in the months without an approved run, on the facts so far, with whole monthly fees; absent when every month is closed.',
  }),
  simulatedEarnedMinor: z.int().meta({ description: 'What the plan would have earned on the same facts.' }),
  differenceMinor: z
    .int()
    .meta({ description: 'Simulated less paid and estimated: above zero, the plan would have cost more.' }),
};
const partnerCostSchema = z.object({ partnerId: z.string(), ...costFields });
const rankedSchema = partnerCostSchema.extend({
  changeBps: z.int().optional().meta({ description: 'The difference in basis points of what was paid and estimated.' }),
});
const placeSchema = z.object({
  planVersion: z
    .int()
    .meta({ description: '0 is the simulated draft; above 1000000 are the terms of one partner alone.' }),
  bracket: z.int().meta({ description: 'From 1, the lowest.' }),
  of: z.int(),
  rateBps: z.int(),
  metric: z.enum(['revenue', 'conversions']),
  counted: z.int().meta({ description: 'What the month came to: minor units of base, or conversions.' }),
});
const tierSums = { usedEarnedMinor: z.int(), simulatedEarnedMinor: z.int() };

const whichFields = {
  planVersion: z.union([z.int(), z.literal('in_force')]).optional(),
  draftId: z.string().optional(),
  revision: z.int().optional(),
  replaces: z.array(z.int()).optional(),
  replacesCustomTerms: z.boolean().meta({
    description:
      "Whether the plan took the place of partners' own contracts too: always, unless `replaces` names the versions that give way. Versions above 1000000 are such contracts.",
  }),
  from: z.string(),
  to: z.string(),
};

export const simulationResultSchema = z.object({
  simulationId: z.string(),
  ...whichFields,
  estimate: z.boolean().meta({ description: 'True when a month has no approved run: facts may still come.' }),
  months: z.array(z.object({ period: z.string(), runId: z.string().optional(), estimate: z.boolean() })),
  runIds: z.array(z.string()).meta({ description: 'The approved payout runs it was compared with, a month each.' }),
  totals: z.array(
    z.object({
      ...costFields,
      better: z.int().meta({ description: 'Partners who would have earned more in this currency.' }),
      worse: z.int(),
      same: z.int(),
    }),
  ),
  monthTotals: z.array(z.object({ period: z.string(), ...costFields })).meta({
    description:
      'The cost of all partners by month and currency; adds up to `totals`. Empty in simulations made before this was told.',
  }),
  items: z.array(partnerCostSchema),
  winners: z.array(rankedSchema).meta({ description: 'By currency, the largest gain first; at most 50 each.' }),
  losers: z.array(rankedSchema).meta({ description: 'By currency, the largest loss first; at most 50 each.' }),
  largestChanges: z.array(rankedSchema).meta({ description: 'By currency, either way; at most 10 each.' }),
  bracketChangeCount: z.int(),
  bracketChanges: z
    .array(
      z.object({
        partnerId: z.string(),
        period: z.string(),
        componentId: z.string(),
        currency: z.string(),
        used: placeSchema.optional(),
        simulated: placeSchema.optional(),
      }),
    )
    .meta({
      description:
        "Each partner's month that lies in another bracket of a component, or in one with another rate. A side is absent when the component of this id counted nothing there. At most 5000.",
    }),
  tierChangeCount: z.int(),
  tierChanges: z
    .array(
      z.object({
        partnerId: z.string(),
        tier: z.string(),
        currency: z.string(),
        effect: z.enum(['no_longer_paid', 'newly_paid', 'earns_more', 'earns_less']),
        ...tierSums,
      }),
    )
    .meta({
      description:
        'A plan moves nobody to another tier; it changes what a tier is worth. What the shares by tier earn on the sales that a partner made in a tier, where that changes; `no_longer_paid`: they pay the partner for that tier no more. At most 5000.',
    }),
  tiers: z
    .array(
      z.object({
        tier: z.string(),
        currency: z.string(),
        partners: z.int(),
        ...tierSums,
        differenceMinor: z.int(),
      }),
    )
    .meta({ description: 'The changes of `tierChanges` by tier.' }),
  mismatches: z.array(z.object({ partnerId: z.string(), period: z.string(), currency: z.string() })).meta({
    description:
      'Closed months in which the terms that were in force no longer come to what was stated. None, or a proof has to look: npm run verify.',
  }),
});

export const simulationStatusSchema = z.object({
  simulationId: z.string(),
  status: z.enum(['running', 'done', 'failed']),
  ...whichFields,
  requestedBy: z.string(),
  requestedAt: z.string(),
  finishedAt: z.string().optional(),
  progress: z.object({ shards: z.int().optional(), shardsDone: z.int(), conversionsDone: z.int() }).meta({
    description:
      'Of a simulation that goes on by itself: how many of its `shards` are done, and the conversions that were stated in them.',
  }),
  failure: z.object({ code: z.string(), reason: z.string() }).optional(),
  result: simulationResultSchema.optional(),
});
