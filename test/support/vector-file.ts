import * as z from 'zod';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { History } from '#shared/domain/facts/history';
import type { Component, Plan } from '#shared/domain/plan/plan';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';

/** The shape of a file of commission vectors, see test/vectors/README.md. Fields it does not know are ignored. */

const text = z.string().min(1);
const minor = z.int().transform(BigInt);
const unsignedMinor = z.int().nonnegative().transform(BigInt);
const rateBps = z.int().nonnegative();
const instant = z
  .string()
  .refine(
    (value) => /[zZ]|[+-]\d{2}:?\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
    'must be an ISO 8601 instant',
  )
  .transform((value): Instant => toInstant(Date.parse(value)));
const period = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month as YYYY-MM')
  .transform((value) => value as Period);
const closedThroughAtRecording = period.optional();
const windowMonths = z.int().positive().optional();

const cap = z.int().positive().transform(BigInt).optional();
const currency = text.optional();
const caps = { capPerCustomerMinor: cap, capPerPeriodMinor: cap };
const rates = z
  .array(z.object({ category: text.optional(), country: text.optional(), tier: text.optional(), rateBps }))
  .optional();
const ofShare = { kind: z.literal('revenue_share'), id: text, rates, windowMonths, currency, ...caps };

const bracket = z.object({ upTo: z.union([unsignedMinor, z.null()]), rateBps });
const component = z.union([
  z.object({ ...ofShare, ratesByTier: z.record(z.string(), rateBps) }),
  z.object({
    ...ofShare,
    brackets: z.array(bracket).min(1),
    mode: z.enum(['graduated', 'volume']),
    metric: z.enum(['revenue', 'conversions']),
  }),
  z.object({ kind: z.literal('referral_fee'), id: text, amountMinor: unsignedMinor, currency, ...caps }),
  z.object({
    kind: z.literal('fixed_fee'),
    id: text,
    amountMinor: unsignedMinor,
    prorate: z.boolean().optional(),
    currency,
  }),
  z.object({ kind: z.literal('minimum_commitment'), id: text, amountMinor: unsignedMinor, currency }),
]) satisfies z.ZodType<Component, unknown>;

const history = z.object({
  program: z.object({ timeZone: text, holdDays: z.int().nonnegative(), currency: text, minimumPayoutMinor: minor }),
  planHistory: z.array(
    z.object({
      version: z.int().positive(),
      from: instant,
      endsAt: instant.optional(),
      afterEnd: z.enum(['stop', 'honour_until_window_ends']).optional(),
      components: z.array(component),
      closedThroughAtRecording,
    }),
  ),
  tierHistory: z.array(z.object({ tier: text, from: instant, closedThroughAtRecording })).default([]),
  conversions: z
    .array(
      z.object({
        id: text,
        customerId: text,
        occurredAt: instant,
        amountMinor: unsignedMinor,
        currency: text.optional(),
        category: text.optional(),
        country: text.optional(),
        credit: z.object({ sharesBps: z.array(rateBps).min(2), part: z.int().nonnegative() }).optional(),
        closedThroughAtRecording,
      }),
    )
    .default([]),
  refunds: z
    .array(
      z.object({ id: text, conversionId: text, occurredAt: instant, amountMinor: minor, closedThroughAtRecording }),
    )
    .default([]),
  adjustments: z
    .array(
      z.object({
        id: text,
        occurredAt: instant,
        amountMinor: minor,
        currency: text.optional(),
        closedThroughAtRecording,
      }),
    )
    .default([]),
  customerFirstPurchaseAt: z.record(z.string(), instant).default({}),
  openingBalanceMinor: minor.default(0n),
  /** Of the statements; the programme's if absent. */
  currency: text.optional(),
  periods: z.array(period).min(1),
});

const line = z.object({
  kind: text,
  amountMinor: minor,
  componentId: text.optional(),
  conversionId: text.optional(),
  refundId: text.optional(),
  adjustmentId: text.optional(),
  baseMinor: minor.optional(),
  rateBps: z.int().optional(),
});

const statement = z.object({
  period,
  earnedMinor: minor,
  clawbackMinor: minor,
  adjustmentMinor: minor,
  openingBalanceMinor: minor,
  payableMinor: minor,
  closingBalanceMinor: minor,
  lines: z.array(line),
});

const vectorCase = z.object({ name: text, why: z.string().optional(), history, statements: z.array(statement) });

/** A file of cases; zod's error names the place of whatever does not fit. */
export const vectorFile = z.array(vectorCase).min(1);

export type VectorCase = z.infer<typeof vectorCase>;

/** @throws Error when one plan version is given with two contents: a published plan never changes */
function plansOf(planHistory: VectorCase['history']['planHistory']): ReadonlyMap<number, Plan> {
  const plans = new Map<number, Plan>();
  const render = (components: readonly Component[]): string =>
    JSON.stringify(components, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  for (const { version, components } of planHistory) {
    const known = plans.get(version);
    if (known !== undefined && render(known.components) !== render(components)) {
      throw new Error(`plan version ${version} is given with two different contents`);
    }
    plans.set(version, { version, components });
  }
  return plans;
}

/** The case's facts as the engine takes them. @throws RangeError for an unknown time zone */
export function historyOf({ name, history: facts }: VectorCase): History {
  return {
    partnerId: name,
    zone: timeZoneOf(facts.program.timeZone),
    holdDays: facts.program.holdDays,
    programCurrency: facts.program.currency,
    currency: facts.currency,
    minimumPayoutMinor: facts.program.minimumPayoutMinor,
    plans: plansOf(facts.planHistory),
    agreements: facts.planHistory.map((entry) => ({
      from: entry.from,
      endsAt: entry.endsAt,
      planVersion: entry.version,
      afterEnd: entry.afterEnd,
      closedThrough: entry.closedThroughAtRecording,
    })),
    tiers: facts.tierHistory.map((entry) => ({ ...entry, closedThrough: entry.closedThroughAtRecording })),
    conversions: facts.conversions.map((fact) => ({
      ...fact,
      conversionId: fact.id,
      closedThrough: fact.closedThroughAtRecording,
    })),
    refunds: facts.refunds.map((fact) => ({
      ...fact,
      refundId: fact.id,
      closedThrough: fact.closedThroughAtRecording,
    })),
    adjustments: facts.adjustments.map((fact) => ({
      ...fact,
      adjustmentId: fact.id,
      closedThrough: fact.closedThroughAtRecording,
    })),
    suppliedFirstPurchases: new Map(Object.entries(facts.customerFirstPurchaseAt)),
    openingBalanceMinor: facts.openingBalanceMinor,
    periods: facts.periods,
  };
}
