import * as z from 'zod';
import { tierSchema } from '#shared/contracts/fields';
import { type RequirementJson, tierRequirementSchema } from '#shared/contracts/partners/tiers/tier-requirement';
import { conditionsOf } from '#shared/domain/partner/tiers/requirement';
import { DEFAULT_TIER_SCHEME, type TierRequirement, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';

const MAX_TIERS = 10;
/** Each is measured for every partner every night. */
const MAX_CONDITIONS = 30;
const MAX_GRACE_DAYS = 366;

export const programTierSchema = z.strictObject({
  tier: tierSchema,
  requires: tierRequirementSchema
    .optional()
    .meta({ description: 'May be left out of the lowest tier, which everybody has, and of tiers by invitation.' }),
  byInvitation: z.boolean().default(false).meta({ description: 'No review leads here, only a person.' }),
  suggestedRateBps: z.int().min(0).max(10_000).optional().meta({
    description: 'The rate a new plan draft starts from, in basis points; what is paid is in the plan alone.',
  }),
});

const { promotion, graceDays, warnAgainDays, nudgeFromBps } = DEFAULT_TIER_SCHEME;

/** A programme's tiers as JSON, lowest first: in the API and in the table. */
const schemeFields = {
  tiers: z.array(programTierSchema).min(1).max(MAX_TIERS).meta({ description: 'Lowest first.' }),
  promotion: z
    .enum(['at_once', 'next_period'])
    .default(promotion)
    .meta({ description: 'When a promotion takes effect.' }),
  graceDays: z
    .int()
    .min(2)
    .max(MAX_GRACE_DAYS)
    .default(graceDays)
    .meta({ description: 'Calendar days from the first warning until a demotion takes effect.' }),
  warnAgainDays: z
    .int()
    .min(1)
    .max(MAX_GRACE_DAYS)
    .default(warnAgainDays)
    .meta({ description: 'Days before the end of the grace at which the partner is warned again.' }),
  nudgeFromBps: z.int().min(1).max(10_000).default(nudgeFromBps).meta({
    description: 'The next tier is within reach once this share of every number that it asks for is there.',
  }),
};

/** Whatever is wrong with a scheme as a whole, besides each of its fields. */
function checkScheme(scheme: z.output<typeof looseScheme>, context: z.RefinementCtx): void {
  const refuse = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
  const { tiers } = scheme;
  const firstInvitation = tiers.findIndex(({ byInvitation }) => byInvitation);
  if (firstInvitation === 0) refuse(['tiers', 0, 'byInvitation'], 'must be false: no review could lead anywhere');
  for (const [index, { tier, byInvitation, requires, suggestedRateBps: _ }] of tiers.entries()) {
    const twin = tiers.findIndex((other) => other.tier === tier);
    if (twin < index) refuse(['tiers', index, 'tier'], `must be another name than that of tier ${twin + 1}`);
    if (byInvitation && requires !== undefined && !isNothing(requires)) {
      refuse(['tiers', index, 'requires'], 'must be left out of a tier by invitation: no review looks at it');
    }
    if (!byInvitation && firstInvitation >= 0 && index > firstInvitation) {
      refuse(['tiers', index, 'byInvitation'], 'must be true above a tier by invitation: no review leads past that');
    }
  }
  if (scheme.warnAgainDays >= scheme.graceDays) {
    refuse(['warnAgainDays'], `must be less than the graceDays, ${scheme.graceDays}`);
  }
  if (conditionsOf(tierSchemeOf(scheme)).length > MAX_CONDITIONS) {
    refuse(['tiers'], `must ask for at most ${MAX_CONDITIONS} different things together`);
  }
}

/** A review raises everybody to a tier that asks for nothing, which nobody should have said by leaving something out. */
function checkAsked({ tiers }: TierSchemeJson, context: z.RefinementCtx): void {
  for (const [index, { byInvitation, requires }] of tiers.entries()) {
    if (index === 0 || byInvitation || requires !== undefined) continue;
    const message = 'must say what the tier asks for; {"all": []} lets reviews raise everybody to it';
    context.addIssue({ code: 'custom', path: ['tiers', index, 'requires'], message });
  }
}

function isNothing(requires: RequirementJson): boolean {
  return 'all' in requires && requires.all.length === 0;
}

const looseScheme = z.strictObject(schemeFields);
export const tierSchemeSchema = looseScheme.superRefine(checkScheme);
export type TierSchemeJson = z.output<typeof looseScheme>;

/** The scheme with whatever a request adds to it. */
export function withTierScheme<Shape extends z.ZodRawShape>(more: Shape) {
  return z.strictObject({ ...schemeFields, ...more }).superRefine((body, context) => {
    const scheme = body as unknown as TierSchemeJson;
    checkScheme(scheme, context);
    checkAsked(scheme, context);
  });
}

export function tierSchemeOf({ tiers, ...rest }: TierSchemeJson): TierScheme {
  return {
    ...pick(rest),
    tiers: tiers.map(({ tier, requires = { all: [] }, byInvitation, suggestedRateBps }) => ({
      tier,
      requires: requirementOf(requires),
      byInvitation,
      ...(suggestedRateBps === undefined ? {} : { suggestedRateBps }),
    })),
  };
}

export function tierSchemeJson({ tiers, ...rest }: TierScheme): TierSchemeJson {
  return {
    tiers: tiers.map(({ tier, requires, byInvitation, suggestedRateBps }) => ({
      tier,
      requires: requirementJson(requires),
      byInvitation,
      ...(suggestedRateBps === undefined ? {} : { suggestedRateBps }),
    })),
    ...pick(rest),
  };
}

function pick<T extends Omit<TierSchemeJson, 'tiers'>>(rest: T): Omit<TierSchemeJson, 'tiers'> {
  return {
    promotion: rest.promotion,
    graceDays: rest.graceDays,
    warnAgainDays: rest.warnAgainDays,
    nudgeFromBps: rest.nudgeFromBps,
  };
}

function requirementOf(json: RequirementJson): TierRequirement {
  if ('all' in json) return { all: json.all.map(requirementOf) };
  if ('any' in json) return { any: json.any.map(requirementOf) };
  return json.fact === 'partner_revenue' ? { ...json, atLeastMinor: BigInt(json.atLeastMinor) } : json;
}

export function requirementJson(requirement: TierRequirement): RequirementJson {
  if ('all' in requirement) return { all: requirement.all.map(requirementJson) };
  if ('any' in requirement) return { any: requirement.any.map(requirementJson) };
  return requirement.fact === 'partner_revenue'
    ? { ...requirement, atLeastMinor: Number(requirement.atLeastMinor) }
    : requirement;
}
