import type { PartnerStore, PlanReader, Standing } from '#shared/application/partners/ports';
import { makeDecideByPlan } from '#shared/application/partners/tiers/decide-by-plan';
import { decideReview } from '#shared/application/partners/tiers/decide-review';
import { measureStanding, saleConditions, wantedSales } from '#shared/application/partners/tiers/measure-partner';
import { SalesReading } from '#shared/application/partners/tiers/sales-reading';
import type {
  GivenAway,
  GivenAwaySales,
  MonthPage,
  OrderMove,
  TierFacts,
} from '#shared/application/partners/tiers/tier-facts';
import type { TierSchemes } from '#shared/application/partners/tiers/tier-schemes';
import type { TierReview, TierReviews, TierStep, TierStepReader } from '#shared/application/partners/tiers/tier-steps';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { laterPeriod, nextPeriod, periodOf } from '#shared/domain/time/calendar';
import type { Instant, Period } from '#shared/domain/time/instant';

const A_PAGE = 100;
/** Tiers that reviews of this kind gave are named by the number of their step; older ones are taken as they stand. */
const STEP_TERM = /^review\.\d+$/;

/** What is stored of a step otherwise than its facts say. */
export type ReplayDifference = {
  readonly partnerId: string;
  readonly field: string;
  readonly stored: unknown;
  readonly recomputed: unknown;
};

type Dependencies = {
  readonly partners: Pick<PartnerStore, 'standings' | 'components'>;
  readonly plans: PlanReader;
  readonly programs: ProgramReader;
  readonly steps: Pick<TierStepReader, 'list'>;
  readonly reviews: Pick<TierReviews, 'list'>;
  readonly schemes: Pick<TierSchemes, 'at'>;
  readonly facts: TierFacts;
  readonly givenAway: GivenAwaySales;
  readonly clock: Clock;
};

/**
 * Goes through every review of a programme again, from the facts as they were known at each: the same promotions, warnings,
 * demotions and hints must come out, and the tiers in force must be what they say. First purchases are taken as they are now:
 * while a month is open an earlier sale that came late may have moved one.
 * @returns how many reviews of partners were gone through
 */
export function makeReplayReviews(deps: Dependencies) {
  return async (programId: string, tell: (difference: ReplayDifference) => void): Promise<number> => {
    const program = await deps.programs.get(programId);
    const reviews: TierReview[] = [];
    for await (const review of deps.reviews.list(programId)) reviews.push(review);
    reviews.sort((a, b) => (a.at < b.at ? -1 : 1));
    const lost = await lostSales(deps, program);
    let count = 0;
    for await (const standing of deps.partners.standings(programId, {})) {
      const stored = await storedSteps(deps, standing);
      const own = reviews.filter((review) => covers(review, standing.partnerId));
      const replayed = await replayPartner(deps, program, standing, {
        reviews: own,
        steps: stored,
        lost: lost.filter(({ partnerId }) => partnerId === standing.partnerId),
      });
      compare(standing, stored, replayed, tell);
      count += own.length;
    }
    return count;
  };
}

async function replayPartner(
  deps: Dependencies,
  program: Program,
  stored: Standing,
  {
    reviews,
    steps,
    lost,
  }: {
    readonly reviews: readonly TierReview[];
    readonly steps: readonly TierStep[];
    readonly lost: readonly GivenAway[];
  },
): Promise<{ readonly standing: Standing; readonly steps: readonly TierStep[] }> {
  const { tierWarning: _, nudgedPeriod: __, tierSteps: ___, ...bare } = stored;
  let standing: Standing = { ...bare, tiers: [] };
  const found: TierStep[] = [];
  const facts = makeFactsOf(deps.facts, program, stored.partnerId, lost);
  const seen = new Set<string>();
  for (const review of reviews) {
    // A shard that was reviewed in several tries decided once.
    if (seen.has(review.asOf)) continue;
    seen.add(review.asOf);
    const at = steps.find(({ asOf }) => asOf === review.asOf)?.at ?? review.at;
    const version = await deps.schemes.at(program.programId, at);
    const known = stored.tiers.filter((term) => !STEP_TERM.test(term.tierTermId) && term.recordedAt <= at);
    const gained = standing.tiers.filter((term) => STEP_TERM.test(term.tierTermId));
    // Of two with the same start the last recorded counts: in the order in which they came to be.
    const tiers = [...known, ...gained].sort((a, b) =>
      a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0,
    );
    standing = { ...standing, tiers: tiers.map((term, index) => ({ ...term, sequence: index + 1 })) };
    const zone = deps.programs.zone(program.timeZone);
    const clock = { asOf: review.asOf, holdDays: program.holdDays, zone };
    const time = { asOf: review.asOf, knownAt: at };
    const asked = saleConditions(version.scheme);
    const closed = { ...program, closedThrough: review.closedThrough };
    const wanted = wantedSales(closed, asked, clock, time, { nowMs: deps.clock(), isAhead: false });
    const sales = asked.length === 0 ? { sales: [] } : await facts({ ...wanted, holds: 'all' });
    const measures = measureStanding(standing, version.scheme, time, sales, clock);
    const { closedThrough } = review;
    const decide = review.byPlan ? makeDecideByPlan(deps) : decideReview;
    const decided = await decide(standing, measures, { version, at, closedThrough, zone });
    standing = decided.standing;
    found.push(...decided.steps);
  }
  return { standing, steps: found };
}

/** Every sale that a partner had once and another has now, each once. */
async function lostSales(
  { givenAway, programs, clock }: Dependencies,
  program: Program,
): Promise<readonly GivenAway[]> {
  const { programId, booksOpenFrom, closedThrough, timeZone } = program;
  const now = periodOf(clock(), programs.zone(timeZone));
  const lost = new Map<string, GivenAway>();
  // A sale in its hold counts in a month to come.
  const last = laterPeriod(nextPeriod(now), nextPeriod(closedThrough));
  for (let period = booksOpenFrom; period <= last; period = nextPeriod(period)) {
    for (const one of await givenAway.inPeriod(programId, period))
      lost.set(`${one.partnerId} ${one.sale.orderId}`, one);
  }
  return [...lost.values()];
}

/** A partner's sales as they were known at any instant; months, first purchases and moves are read once. */
function makeFactsOf(facts: TierFacts, program: Program, partnerId: string, lost: readonly GivenAway[]) {
  const { programId } = program;
  const months = new Map<Period, Promise<readonly MonthPage[]>>();
  const firsts = new Map<string, string | undefined>();
  const moves = new Map<string, Promise<readonly OrderMove[]>>();
  const pagesOf = async (period: Period): Promise<readonly MonthPage[]> => {
    const pages: MonthPage[] = [];
    let after: string | undefined;
    do {
      const page: MonthPage = await facts.month(programId, partnerId, period, after);
      pages.push(page);
      after = page.next;
    } while (after !== undefined);
    await lookUp(pages.flatMap(({ sales }) => sales.map(({ customerId }) => customerId)));
    return pages;
  };
  const lookUp = async (customerIds: readonly string[]): Promise<void> => {
    const unknown = [...new Set(customerIds)].filter((customerId) => !firsts.has(customerId));
    const found = await facts.firstPurchases(programId, unknown);
    for (const customerId of unknown) firsts.set(customerId, found.get(customerId)?.orderId);
  };
  const movesOf = (orderId: string): Promise<readonly OrderMove[]> => {
    const known = moves.get(orderId) ?? facts.moves(programId, orderId, partnerId);
    moves.set(orderId, known);
    return known;
  };
  return async (wanted: ConstructorParameters<typeof SalesReading>[0]) => {
    const reading = new SalesReading(wanted, partnerId, undefined);
    for (const period of reading.periods()) {
      const known = months.get(period) ?? pagesOf(period);
      months.set(period, known);
      for (const { sales, refunds } of await known) reading.take(period, { sales, refunds });
    }
    for (const sale of reading.changedLater()) {
      const undone = (await movesOf(sale.orderId)).find(({ at }) => at > wanted.knownAt);
      if (undone) reading.settle(sale, undone.partnerId === partnerId, undone.earnsNothing);
    }
    for (const { period, sale, refunds } of lost) {
      const undone = (await movesOf(sale.orderId)).find(({ at }) => at > wanted.knownAt);
      if (undone?.partnerId !== partnerId || period < wanted.from || period > wanted.to) continue;
      reading.take(period, { sales: [{ ...sale, earnsNothing: undone.earnsNothing }], refunds });
    }
    await lookUp(lost.map(({ sale }) => sale.customerId));
    reading.learnFirsts((customerId) => firsts.get(customerId));
    return reading.answer();
  };
}

function covers({ after, through }: TierReview, partnerId: string): boolean {
  return (after === undefined || partnerId > after) && (through === undefined || partnerId <= through);
}

async function storedSteps({ steps }: Dependencies, { programId, partnerId }: Standing): Promise<readonly TierStep[]> {
  const found: TierStep[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<TierStepReader['list']>> = await steps.list(programId, partnerId, {
      cursor,
      limit: A_PAGE,
    });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found.sort((a, b) => a.number - b.number);
}

function compare(
  standing: Standing,
  stored: readonly TierStep[],
  replayed: { readonly standing: Standing; readonly steps: readonly TierStep[] },
  tell: (difference: ReplayDifference) => void,
): void {
  const { partnerId } = standing;
  const check = (field: string, one: unknown, other: unknown): void => {
    if (one !== other) tell({ partnerId, field, stored: one, recomputed: other });
  };
  for (let index = 0; index < Math.max(stored.length, replayed.steps.length); index += 1) {
    check(`tier step ${index + 1}`, wordsOf(stored[index]), wordsOf(replayed.steps[index]));
  }
  const given = (tiers: Standing['tiers']): string =>
    tiers
      .filter(({ tierTermId }) => STEP_TERM.test(tierTermId))
      .map(({ tierTermId, tier, from }) => `${tierTermId} ${tier} ${from}`)
      .sort()
      .join(', ');
  check('tiers by review', given(standing.tiers), given(replayed.standing.tiers));
  const warned = ({ tierWarning: open }: Standing): string | undefined =>
    open && `${open.warningId} ${open.tier} to ${open.to} at ${open.endsAt}`;
  check('tier warning', warned(standing), warned(replayed.standing));
}

function wordsOf(step: TierStep | undefined): string | undefined {
  if (!step) return undefined;
  const { kind, tier, to, from, endsAt, isLast, asOf } = step;
  const parts: readonly (Instant | string | undefined)[] = [
    `${kind} ${tier}`,
    to && `to ${to}`,
    from && `from ${from}`,
    endsAt && `by ${endsAt}`,
    isLast ? 'for the last time' : undefined,
    `as of ${asOf}`,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}
