import type { AgreementTerm, TierTerm } from '../plan/plan.ts';
import { nextPeriod, startOfPeriod } from '../time/calendar.ts';
import { type Instant, type Period, toEpochMs, toInstant } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';

type Term = { readonly from: Instant; readonly endsAt?: Instant | undefined; readonly sequence: number };

/**
 * When an agreement, a tier or an agreement's end that is recorded now takes effect: at `from`, but never before the
 * first instant of the first open period (design.md, Commission semantics 4).
 */
export function effectiveInstant(from: Instant, closedThrough: Period | undefined, zone: TimeZone): Instant {
  if (closedThrough === undefined) return from;
  const firstOpenMs = startOfPeriod(nextPeriod(closedThrough), zone);
  return toEpochMs(from) < firstOpenMs ? toInstant(firstOpenMs) : from;
}

/** Ascending by `from`; of two with the same `from` only the last recorded (semantics 4). */
export function scheduleOf<T extends Term>(terms: readonly T[]): readonly T[] {
  const ascending = [...terms].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.sequence - b.sequence));
  return ascending.filter((term, index) => ascending[index + 1]?.from !== term.from);
}

/**
 * Answers which term of a schedule is the last that has begun, `from` inclusive, also when it has ended. It remembers
 * its place, so that a walk through time costs nothing between two changes.
 */
export function makeStartedTermFinder<T extends Term>(schedule: readonly T[]): (at: Instant) => T | undefined {
  let index = -1;
  return (at) => {
    for (let next = schedule[index + 1]; next !== undefined && next.from <= at; next = schedule[index + 1]) index += 1;
    for (let here = schedule[index]; here !== undefined && here.from > at; here = schedule[index]) index -= 1;
    return schedule[index];
  };
}

/** Answers which term of a schedule is in force, `from` inclusive and `endsAt` exclusive. */
export function makeTermFinder<T extends Term>(schedule: readonly T[]): (at: Instant) => T | undefined {
  const startedAt = makeStartedTermFinder(schedule);
  return (at) => {
    const found = startedAt(at);
    return found?.endsAt !== undefined && found.endsAt <= at ? undefined : found;
  };
}

/** The agreement in force at an instant; `undefined` before the first and from an agreement's end until the next. */
export function agreementInForce(agreements: readonly AgreementTerm[], at: Instant): AgreementTerm | undefined {
  return makeTermFinder(scheduleOf(agreements))(at);
}

/** The programme tier in force at an instant. */
export function tierInForce(tiers: readonly TierTerm[], at: Instant): TierTerm | undefined {
  return makeTermFinder(scheduleOf(tiers))(at);
}

/** First instant at which any agreement was in force: one that ends as it starts never was. */
export function firstAgreementFrom(agreements: readonly AgreementTerm[]): Instant | undefined {
  return scheduleOf(agreements).find((term) => term.endsAt === undefined || term.from < term.endsAt)?.from;
}
