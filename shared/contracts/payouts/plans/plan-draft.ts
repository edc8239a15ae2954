import * as z from 'zod';

/** A draft must fit its item with room to spare; twenty components of fifty brackets take 40 kB. */
const MAX_DRAFT_BYTES = 65_536;
const MAX_DRAFT_COMPONENTS = 50;

/** Components as they are so far: what publishing asks of them is told by the broken rules, not by a refusal. */
export const draftComponentsSchema = z
  .array(z.record(z.string(), z.unknown()))
  .max(MAX_DRAFT_COMPONENTS)
  .refine((components) => JSON.stringify(components).length <= MAX_DRAFT_BYTES, {
    error: `must have at most ${MAX_DRAFT_BYTES} bytes as JSON`,
  })
  .meta({ description: 'Components as of POST /plans, or what there is of them so far.' });

export const revisionSchema = z
  .int()
  .min(1)
  .meta({ description: 'The revision that was on the screen; another one answers 409 `plan_draft_changed`.' });

export const brokenRulesSchema = z.array(z.object({ pointer: z.string(), rule: z.string() })).meta({
  description: 'Every rule that publishing would refuse it for, by JSON pointer; empty: it may be published.',
});

const summaryFields = {
  draftId: z.string(),
  name: z.string(),
  revision: z.int(),
  status: z.enum(['open', 'published', 'discarded']),
  createdBy: z.string(),
  createdAt: z.string(),
  savedBy: z.string(),
  savedAt: z.string(),
  closedBy: z.string().optional(),
  closedAt: z.string().optional(),
  publishedVersion: z.int().optional(),
};

export const planDraftSummarySchema = z.object({
  ...summaryFields,
  brokenRules: z.int().meta({ description: 'How many rules it breaks.' }),
});

export const planDraftSchema = z.object({
  ...summaryFields,
  components: draftComponentsSchema,
  brokenRules: brokenRulesSchema,
});
