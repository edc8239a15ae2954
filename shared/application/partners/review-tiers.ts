import { announce, changeStanding, nextSequence } from '#shared/application/partners/change-standing';
import type { PartnerStore, RecordedTier, Standing } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { effectiveInstant, scheduleOf, tierInForce } from '#shared/domain/partner/terms';
import {
  DEFAULT_TIERS,
  isQualifyingSale,
  openRungs,
  promotion,
  type ReviewWindow,
  reviewWindow,
  type TierRule,
} from '#shared/domain/partner/tier-review';
import { laterPeriod, nextPeriod, periodOf } from '#shared/domain/time/calendar';
import { type Instant, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';

/** Partners counted at once: enough to hide the store's latency, few enough not to be throttled. */
const CONCURRENCY = 8;
/** One batch of first purchases to look up. */
const CUSTOMERS_A_BATCH = 100;

export type ReviewTiers = {
  readonly programId: string;
  /** Sales, holds and certifications are judged as of this instant. */
  readonly asOf: Instant;
  /** The shard: partner ids after `after`, up to and with `through`. */
  readonly after?: string | undefined;
  readonly through?: string | undefined;
};

type Dependencies = {
  partners: PartnerStore;
  programs: ProgramReader;
  facts: ReferralFacts;
  clock: Clock;
  rules?: readonly TierRule[];
};

/**
 * Promotes the partners of a shard who have earned a higher tier, at once, and records a tier that a person had set to
 * start since the last review. Nobody is lowered, and nobody raised whom a person has lowered.
 * 1. Partners whose certifications open no higher rung are not counted.
 * 2. The others' qualified referrals of twelve months are counted completely; a count that fails decides nothing.
 * 3. The tier is added and its change recorded in one transaction, conditional on the terms it was decided on.
 * Reviewing the same night twice writes nothing the second time.
 * @throws Failure unknown_program, temporarily_unavailable
 */
export function makeReviewTiers({ partners, programs, facts, clock, rules = DEFAULT_TIERS }: Dependencies) {
  const reviewPartner = async (seen: Standing, asOf: Instant): Promise<boolean> => {
    const { programId, partnerId } = seen;
    const now = toInstant(clock());
    const rungsOf = (standing: Standing, from: Instant): readonly TierRule[] => {
      const current = tierInForce(standing.tiers, from)?.tier;
      if (current === undefined || isLoweredByPerson(standing.tiers, from, rules)) return [];
      return openRungs(rules, current, standing.certifications, asOf);
    };
    const effectiveFrom = async (): Promise<Instant> => {
      const program = await programs.get(programId);
      return effectiveInstant(asOf, program.closedThrough, programs.zone(program.timeZone));
    };
    const mayRise = rungsOf(seen, await effectiveFrom()).length > 0;
    if (!mayRise && !announce(seen, now).announcement) return false;
    const referrals = mayRise ? await countQualifiedReferrals({ facts, programs }, programId, partnerId, asOf) : 0;
    // Asked again after the count, which may take longer than a programme may be remembered.
    const from = await effectiveFrom();
    if (!promotion(rungsOf(seen, from), referrals) && !announce(seen, now).announcement) return false;
    let promoted = false;
    let added: RecordedTier | undefined;
    const change = (standing: Standing): Standing => {
      added = undefined;
      const reached = mayRise ? promotion(rungsOf(standing, from), referrals) : undefined;
      const tierTermId = `review.${asOf.slice(0, 10)}.${reached?.tier}`;
      promoted = reached !== undefined && !standing.tiers.some((term) => term.tierTermId === tierTermId);
      if (!reached || !promoted) return standing;
      const term: RecordedTier = {
        tierTermId,
        tier: reached.tier,
        from,
        sequence: nextSequence(standing.tiers),
        source: 'review',
        reason: `${referrals} qualified referrals in twelve months`,
        recordedAt: now,
        recordedBy: 'review',
      };
      added = term;
      return { ...standing, tiers: [...standing.tiers, term] };
    };
    await changeStanding(partners, { programId, partnerId, now }, change, () => ({ tier: added }));
    return promoted;
  };

  return async ({ programId, asOf, after, through }: ReviewTiers): Promise<{ reviewed: number; promoted: number }> => {
    let reviewed = 0;
    let promoted = 0;
    for await (const batch of inBatches(partners.standings(programId, { after, through }), CONCURRENCY)) {
      const outcomes = await Promise.all(batch.map((standing) => reviewPartner(standing, asOf)));
      reviewed += batch.length;
      promoted += outcomes.filter(Boolean).length;
    }
    return { reviewed, promoted };
  };
}

/** Whether the tier in force is one to which a person lowered the partner: only a person raises it again. */
function isLoweredByPerson(tiers: readonly RecordedTier[], at: Instant, rules: readonly TierRule[]): boolean {
  const [current, previous] = scheduleOf(tiers)
    .filter((term) => term.from <= at)
    .reverse();
  const rungOf = (term: RecordedTier): number => rules.findIndex((rule) => rule.tier === term.tier);
  return current?.source === 'person' && previous !== undefined && rungOf(current) < rungOf(previous);
}

/** Every new customer of the window that the partner brought and that still counts as of `asOf`. */
async function countQualifiedReferrals(
  { facts, programs }: Pick<Dependencies, 'facts' | 'programs'>,
  programId: string,
  partnerId: string,
  asOf: Instant,
): Promise<number> {
  const program = await programs.get(programId);
  const window = reviewWindow(asOf, program.holdDays, programs.zone(program.timeZone));
  let count = 0;
  for (const period of periodsOf(window, program.closedThrough)) {
    for await (const batch of inBatches(facts.conversions(programId, partnerId, period), CUSTOMERS_A_BATCH)) {
      const sales = batch.filter((sale) => isQualifyingSale(sale, window));
      if (sales.length === 0) continue;
      const first = await facts.firstPurchases(programId, [...new Set(sales.map((sale) => sale.customerId))]);
      count += sales.filter((sale) => first.get(sale.customerId)?.orderId === sale.orderId).length;
    }
  }
  return count;
}

/** The periods that may hold a sale of the window: a late fact lies in the period that was open when it came. */
function periodsOf({ after, asOf, zone }: ReviewWindow, closedThrough: Period): readonly Period[] {
  const last = laterPeriod(periodOf(toEpochMs(asOf), zone), nextPeriod(closedThrough));
  const periods: Period[] = [];
  for (let period = periodOf(toEpochMs(after), zone); period <= last; period = nextPeriod(period)) periods.push(period);
  return periods;
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
