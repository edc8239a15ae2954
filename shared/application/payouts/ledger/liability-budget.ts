import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type { ReferralFacts } from '#shared/application/referral-facts';

const MS_PER_SECOND = 1_000;
const CLOSE_MONTHS = 'Close the months that are due, then ask again';

/** What one answer may ask for; whichever is met first refuses it. */
export type LiabilityLimits = {
  /** Sales and refunds of the open months, each time they are read, and entries of the journal. */
  readonly reads: number;
  readonly partners: number;
  /** The API gives up after 30 seconds; what is left is for a cold start and the answer. */
  readonly seconds: number;
};
export const LIABILITY_LIMITS: LiabilityLimits = { reads: 300_000, partners: 20_000, seconds: 24 };

export type Budget = { readonly read: () => void; readonly partner: () => void; readonly inTime: () => void };

/**
 * `advice`: what whoever asked for too much can do.
 * @throws Failure liability_too_large when a limit is passed, so that no more than that is ever read
 */
export function makeBudget(clock: Clock, limits: LiabilityLimits, advice = CLOSE_MONTHS): Budget {
  const tooLarge = (why: string): Failure => tooMuch(advice, why);
  const stopAtMs = clock() + limits.seconds * MS_PER_SECOND;
  let reads = 0;
  let partners = 0;
  const inTime = (): void => {
    if (clock() > stopAtMs) throw tooLarge(`it was not done after ${limits.seconds} seconds`);
  };
  return {
    inTime,
    read: () => {
      reads += 1;
      if (reads > limits.reads) throw tooLarge(`it needs more than ${limits.reads} facts and entries`);
      inTime();
    },
    partner: () => {
      partners += 1;
      if (partners > limits.partners) throw tooLarge(`it has more than ${limits.partners} partners`);
      inTime();
    },
  };
}

function tooMuch(advice: string, why: string): Failure {
  const rule = advice === CLOSE_MONTHS ? `must leave fewer open months: ${why}` : `must leave less to read: ${why}`;
  return new Failure('liability_too_large', `${advice}: ${why}.`, { errors: [{ pointer: 'query:asOf', rule }] });
}

/** Counts what is read; one partner's month may be the long one. */
export function counted(facts: ReferralFacts, budget: Budget): ReferralFacts {
  async function* count<T>(items: AsyncIterable<T>): AsyncIterable<T> {
    for await (const item of items) {
      budget.read();
      yield item;
    }
  }
  return {
    conversions: (...asked) => count(facts.conversions(...asked)),
    refunds: (...asked) => count(facts.refunds(...asked)),
    firstPurchases: (...asked) => facts.firstPurchases(...asked),
    order: (...asked) => facts.order(...asked),
  };
}
