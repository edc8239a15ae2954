import type { Certification, Standing } from '#shared/application/partners/ports';
import type { makeReadSales } from '#shared/application/partners/tiers/read-sales';
import type { PartnerSales, SalesWanted } from '#shared/application/partners/tiers/sales-reading';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { TimeBox } from '#shared/application/time-box';
import { certificationEnd, isCertificationHeld } from '#shared/domain/partner/certification';
import { agreementInForce } from '#shared/domain/partner/terms';
import type { Measure, Measures } from '#shared/domain/partner/tiers/measures';
import { measureSales, type SaleCondition, windowStart } from '#shared/domain/partner/tiers/qualify-sales';
import { conditionKey, conditionsOf } from '#shared/domain/partner/tiers/requirement';
import { STRATEGIC_FIT, type TierCondition, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import { addCalendarDays, laterPeriod, nextPeriod, periodOf } from '#shared/domain/time/calendar';
import { type Instant, type Period, toEpochMs } from '#shared/domain/time/instant';

/**
 * Measures what a scheme asks of one partner, from all facts that were recorded by `asOf` and no others. What could not be
 * read completely is not measured: the call fails, and nothing is decided.
 * @throws Failure unknown_program, temporarily_unavailable
 */
export type MeasurePartner = (standing: Standing, scheme: TierScheme, asOf: Instant) => Promise<Measures>;

/** The last month whose facts can change no more, and when that was known; absent: none is known. */
export type FinalMonths = (
  programId: string,
) => Promise<{ readonly through: Period; readonly at: Instant } | undefined>;

/** As of when it is measured, and until when facts were recorded that count. */
export type MeasuringTime = { readonly asOf: Instant; readonly knownAt: Instant };

type Dependencies = {
  readonly programs: ProgramReader;
  readonly readSales: ReturnType<typeof makeReadSales>;
  readonly finalMonths: FinalMonths;
  readonly clock: Clock;
};

export function makeMeasurePartner(deps: Dependencies): MeasurePartner {
  const measurePartners = makeMeasurePartners(deps);
  return async (standing, scheme, asOf) => {
    const program = await deps.programs.get(standing.programId);
    const time = { asOf, knownAt: asOf };
    const measure = await measurePartners(program, scheme, time, [standing.partnerId], { isAhead: true });
    const of = measure.get(standing.partnerId);
    if (!of) throw new Error(`partner ${standing.partnerId} was not measured`);
    return of(standing);
  };
}

/** Measures a partner by its standing as it is now, from sales that were read before. */
export type MeasureStanding = (standing: Standing) => Measures;

/**
 * Reads what a scheme asks of many partners in as few calls as possible. A partner for whom the time was not enough is
 * missing in the answer: nothing is measured from a part of its facts.
 * `isAhead`: tells also when the next sale in its hold matures, which takes one more month to read.
 */
export function makeMeasurePartners({ programs, readSales, finalMonths, clock: now }: Dependencies) {
  return async (
    program: Program,
    scheme: TierScheme,
    time: MeasuringTime,
    partnerIds: readonly string[],
    { isAhead = false, box }: { readonly isAhead?: boolean; readonly box?: TimeBox } = {},
  ): Promise<ReadonlyMap<string, MeasureStanding>> => {
    const asked = saleConditions(scheme);
    const zone = programs.zone(program.timeZone);
    const clock = { asOf: time.asOf, holdDays: program.holdDays, zone };
    const standingOnly: PartnerSales = { sales: [] };
    let sales: ReadonlyMap<string, PartnerSales> = new Map(partnerIds.map((id) => [id, standingOnly]));
    if (asked.length > 0) {
      const final = await finalMonths(program.programId);
      const wanted = wantedSales(program, asked, clock, time, { nowMs: now(), isAhead });
      const finalThrough = final && final.at <= time.knownAt ? final.through : undefined;
      sales = await readSales({ ...wanted, finalThrough }, partnerIds, box ? { box } : {});
      const doubtful = partnerIds.filter((id) => isDoubtful(sales.get(id), asked, clock));
      if (doubtful.length > 0) {
        const complete = await readSales({ ...wanted, finalThrough }, doubtful, {
          complete: true,
          ...(box ? { box } : {}),
        });
        sales = new Map([...sales].filter(([id]) => !doubtful.includes(id)).concat([...complete]));
      }
    }
    return new Map(
      [...sales].map(([id, found]) => [
        id,
        (standing: Standing) => measureStanding(standing, scheme, time, found, clock),
      ]),
    );
  };
}

/** What a scheme's conditions come to for a partner, from sales that were read and its standing as known then. */
export function measureStanding(
  standing: Standing,
  scheme: TierScheme,
  { asOf, knownAt }: MeasuringTime,
  { sales }: PartnerSales,
  clock: Parameters<typeof measureSales>[2],
): Measures {
  const confirmations = new Set(
    conditionsOf(scheme).flatMap((condition) => (condition.fact === 'confirmation' ? [condition.confirmation] : [])),
  );
  const held = standing.certifications
    .filter(({ recordedAt }) => recordedAt <= knownAt)
    .map((term) =>
      term.revokedAt !== undefined && term.revokedAt > knownAt ? { ...term, revokedAt: undefined } : term,
    )
    .filter((term) => isCertificationHeld(term, asOf));
  const lasting = (matches: (one: Certification) => boolean): ReturnType<typeof yesOrNo> => {
    const ends = held.filter(matches).map(certificationEnd);
    return yesOrNo(ends.length > 0, ends.includes(undefined) ? undefined : latest(ends));
  };
  const answer = (condition: TierCondition): Omit<Measure, 'condition'> => {
    switch (condition.fact) {
      case 'terms_accepted': {
        const agreement = agreementInForce(agreementsKnown(standing, knownAt), asOf);
        return yesOrNo(agreement !== undefined, agreement?.endsAt);
      }
      case 'certification':
        return lasting(({ certification: name }) =>
          condition.certification === undefined
            ? !confirmations.has(name) && name !== STRATEGIC_FIT
            : name === condition.certification,
        );
      case 'confirmation':
        // What a course certifies the partner gave itself: its name may have become that of a confirmation later.
        return lasting((one) => one.certification === condition.confirmation && one.courseId === undefined);
      default:
        return { wanted: wantedOf(condition), ...measureSales(condition, sales, clock) };
    }
  };
  const measured = new Map(
    conditionsOf(scheme).map((condition) => [conditionKey(condition), { condition, ...answer(condition) }]),
  );
  return {
    asOf,
    of: (condition) => {
      const measure = measured.get(conditionKey(condition));
      if (!measure) throw new RangeError(`${conditionKey(condition)} was not measured`);
      return measure;
    },
  };
}

/** What a scheme asks of sales; nothing: no sale has to be read. */
export function saleConditions(scheme: TierScheme): readonly SaleCondition[] {
  return conditionsOf(scheme).filter((condition): condition is SaleCondition => 'withinMonths' in condition);
}

/**
 * Months by which a fact may lie behind the first open one as a programme's copy tells it: the copy may be from before the last
 * close, and a run that was rejected has opened a month again.
 */
const MONTHS_BEHIND = 2;

/** The months that may hold a sale which counts: a late fact lies in the month that was open when it came. */
export function wantedSales(
  program: Program,
  asked: readonly SaleCondition[],
  clock: Parameters<typeof measureSales>[2],
  { asOf, knownAt }: MeasuringTime,
  { nowMs, isAhead }: { readonly nowMs: number; readonly isAhead: boolean },
): SalesWanted {
  const { programId, currency, booksOpenFrom, closedThrough, holdDays } = program;
  const { zone } = clock;
  const months = Math.max(0, ...asked.map(({ withinMonths }) => withinMonths));
  // Whom the partner brought before a window may have come at any time.
  const knowsAll = asked.some(({ fact }) => fact === 'retention');
  const oldest = periodOf(toEpochMs(windowStart(months, clock)), zone);
  const from = knowsAll ? booksOpenFrom : laterPeriod(oldest, booksOpenFrom);
  const asOfMs = toEpochMs(asOf);
  const last = periodOf(isAhead ? addCalendarDays(asOfMs, holdDays, zone) : asOfMs, zone);
  // A refund of this month tells, too, what was left of its sale at an instant before it.
  const to = [periodOf(nowMs, zone), nextPeriod(closedThrough)].reduce(laterPeriod, last);
  let lastOpen = nextPeriod(closedThrough);
  for (let month = 0; month < MONTHS_BEHIND; month += 1) lastOpen = nextPeriod(lastOpen);
  const lastSale = laterPeriod(last, lastOpen);
  const holds = asked.every(({ fact }) => fact === 'qualified_referrals') ? 'firsts' : 'all';
  return { programId, currency, from, to, lastSale, holds, knownAt };
}

/** Whether sales that were left unread could make a difference. */
function isDoubtful(
  found: PartnerSales | undefined,
  asked: readonly SaleCondition[],
  clock: Parameters<typeof measureSales>[2],
): boolean {
  const cutAt = found?.cutAt;
  if (found === undefined || cutAt === undefined) return false;
  return asked.some(
    (condition) =>
      cutAt > windowStart(condition.withinMonths, clock) && !measureSales(condition, found.sales, clock).met,
  );
}

function agreementsKnown({ agreements }: Standing, knownAt: Instant): Standing['agreements'] {
  return agreements
    .filter((agreement) => (agreement.acceptedAt ?? agreement.recordedAt) <= knownAt)
    .map((agreement) =>
      agreement.terminatedAt !== undefined && agreement.terminatedAt > knownAt
        ? { ...agreement, endsAt: undefined }
        : agreement,
    );
}

function yesOrNo(met: boolean, lessFrom: Instant | undefined): Omit<Measure, 'condition'> {
  return { found: met ? 1n : 0n, wanted: 1n, met, ...(met && lessFrom !== undefined ? { lessFrom } : {}) };
}

function wantedOf(condition: SaleCondition): bigint {
  if (condition.fact === 'partner_revenue') return condition.atLeastMinor;
  return BigInt(condition.fact === 'retention' ? condition.atLeastBps : condition.atLeast);
}

function latest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.reduce((last, at) => (last === undefined || (at !== undefined && at > last) ? at : last), undefined);
}
