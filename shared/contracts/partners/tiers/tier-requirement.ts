import * as z from 'zod';
import { tierSchema } from '#shared/contracts/fields';

/** Groups within groups: deeper ones nobody can read to a partner. */
export const MAX_REQUIREMENT_DEPTH = 3;
export const MAX_GROUP_PARTS = 10;
/** The sales of three years are what a review looks back on. */
const MAX_MONTHS = 36;
const MAX_COUNT = 100_000;

const withinMonths = z
  .int()
  .min(1)
  .max(MAX_MONTHS)
  .meta({ description: 'Calendar months back from the instant of the question.' });

export const tierConditionSchema = z.discriminatedUnion('fact', [
  z.strictObject({ fact: z.literal('terms_accepted') }),
  z.strictObject({
    fact: z.literal('qualified_referrals'),
    atLeast: z.int().min(1).max(MAX_COUNT),
    withinMonths,
  }),
  z.strictObject({
    fact: z.literal('partner_revenue'),
    atLeastMinor: z.int().min(1).meta({ description: "Minor units of the programme's currency, after refunds." }),
    withinMonths,
  }),
  z.strictObject({
    fact: z.literal('retention'),
    atLeastBps: z.int().min(1).max(10_000),
    withinMonths,
    minimumCustomers: z
      .int()
      .min(1)
      .max(MAX_COUNT)
      .meta({ description: 'With fewer customers from before the window it is not met: too few to tell.' }),
  }),
  z.strictObject({
    fact: z.literal('certification'),
    certification: tierSchema.optional().meta({ description: 'A training certificate by its name; without, any.' }),
  }),
  z.strictObject({
    fact: z.literal('confirmation'),
    confirmation: tierSchema.meta({
      description: 'What a manager records under this name by POST .../certifications, such as strategic_fit.',
    }),
  }),
]);
type ConditionJson = z.output<typeof tierConditionSchema>;

/** Conditions, joined. */
export type RequirementJson =
  | ConditionJson
  | { readonly all: readonly RequirementJson[] }
  | { readonly any: readonly RequirementJson[] };

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

const REFERENCE = { $ref: '#/components/schemas/TierRequirement' } as const;
const { $schema: _, ...conditionJsonSchema } = z.toJSONSchema(tierConditionSchema, { io: 'input' });
const group = (name: 'all' | 'any', minItems: number): object => ({
  type: 'object',
  properties: { [name]: { type: 'array', items: REFERENCE, minItems, maxItems: MAX_GROUP_PARTS } },
  required: [name],
  additionalProperties: false,
});

/**
 * Looked through by hand instead of as a union of shapes, so that whatever is wrong is named where it stands: a union
 * would say of all of it that it has none of its shapes.
 */
export const tierRequirementSchema = z
  .unknown()
  .superRefine((value, context) => {
    for (const issue of issuesOf(value, [], 0)) {
      // Nothing looks at it any further: it has no shape to rely on.
      context.addIssue({ code: 'custom', continue: false, ...issue } as never);
    }
  })
  .transform((value) => value as RequirementJson)
  .meta({
    id: 'TierRequirement',
    description: `A condition, or {"all": [...]} or {"any": [...]} of up to ${MAX_GROUP_PARTS} of these, at most ${MAX_REQUIREMENT_DEPTH} groups deep. "all" of nothing is met.`,
    override: {
      anyOf: [conditionJsonSchema as never, group('all', 0) as never, group('any', 1) as never],
    },
  });

function* issuesOf(value: unknown, path: readonly PropertyKey[], groups: number): Generator<Issue> {
  const name = groupOf(value);
  if (name === undefined) return yield* conditionIssues(value, path);
  const { [name]: parts, ...rest } = value as Record<string, unknown>;
  for (const key of Object.keys(rest)) yield { path: [...path, key], message: `must not stand beside ${name}` };
  const at = [...path, name];
  if (!Array.isArray(parts)) return yield { path: at, message: 'must be a list of conditions' };
  if (groups >= MAX_REQUIREMENT_DEPTH) {
    return yield { path: at, message: `must not lie deeper than ${MAX_REQUIREMENT_DEPTH} groups` };
  }
  if (parts.length > MAX_GROUP_PARTS) yield { path: at, message: `must have at most ${MAX_GROUP_PARTS} entries` };
  if (name === 'any' && parts.length === 0) yield { path: at, message: 'must have at least 1 entry: none can be met' };
  for (const [index, part] of parts.slice(0, MAX_GROUP_PARTS).entries()) {
    yield* issuesOf(part, [...at, index], groups + 1);
  }
}

function groupOf(value: unknown): 'all' | 'any' | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, 'all')) return 'all';
  return Object.hasOwn(value, 'any') ? 'any' : undefined;
}

function* conditionIssues(value: unknown, path: readonly PropertyKey[]): Generator<Issue> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return yield {
      path,
      message: 'must be a condition with its fact, or {"all": [...]} or {"any": [...]} of conditions',
    };
  }
  const parsed = tierConditionSchema.safeParse(value);
  for (const issue of parsed.error?.issues ?? []) yield { ...issue, path: [...path, ...issue.path] };
}
