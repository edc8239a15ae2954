import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { ProgramReader } from '#shared/application/programs';
import type { ConversionPages, ConversionRecord, ConversionStore } from '#shared/application/referrals/ports';
import { compareText, type Period } from '#shared/domain/time/instant';
import type { WeighedTouch } from '#shared/domain/tracking/attribution';
import { influenceOf } from '#shared/domain/tracking/influence';

/** Some seconds of reading; a month of a large programme. */
const MAX_SALES = 50_000;
const MAX_PARTNERS = 5_000;
const PARTNERS_A_PAGE = 100;
const SALES_A_PAGE = 500;
/** Months of partners that are read at once. */
const PARTNERS_AT_ONCE = 8;

export type InfluenceRow = {
  /** `undefined`: sales without a touch that counts, and, of the attributed sums, sales of nobody. */
  readonly partnerId: string | undefined;
  readonly currency: string;
  /** Sales in which a click or code of the partner counted, whoever won. */
  readonly touchedSales: number;
  /** Its shares of them. Never paid. */
  readonly influenceMinor: bigint;
  /** Sales of the month that are the partner's: its shares of split ones. */
  readonly attributedMinor: bigint;
};

export type InfluenceReport = { readonly period: Period; readonly items: readonly InfluenceRow[] };

/**
 * The linear view of a month beside what was attributed, by partner and currency: for either column the rows add up to the
 * sales that count in the month, gross of refunds. From the touches that the sales have kept; nothing of it is ever paid.
 * @throws Failure unknown_program, report_too_large
 */
export function makeReportInfluence(deps: {
  readonly sales: ConversionPages;
  /** Parts of a split sale keep none of its touches: the sale has them. */
  readonly conversions: Pick<ConversionStore, 'find'>;
  readonly partners: Pick<PartnerTermsReader, 'listIds'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  /** Default: `MAX_SALES`. */
  readonly maxSales?: number | undefined;
}): (input: { readonly programId: string; readonly period: Period }) => Promise<InfluenceReport> {
  return async ({ programId, period }) => {
    await deps.programs.get(programId);
    const rows = makeRows();
    const touchesOfSplit = makeSplitReader(deps.conversions);
    let read = 0;
    await forEachConcurrently(ownersOf(deps, programId), PARTNERS_AT_ONCE, async (partnerId) => {
      for await (const sale of salesOf(deps.sales, { programId, partnerId, period })) {
        read += 1;
        if (read > (deps.maxSales ?? MAX_SALES)) throw tooLarge(`more than ${deps.maxSales ?? MAX_SALES} sales`);
        rows.add(sale, sale.credit ? await touchesOfSplit(sale) : sale.attribution.touches);
      }
    });
    return { period, items: rows.inOrder() };
  };
}

/** Every partner, and nobody. */
async function* ownersOf(
  { partners }: { readonly partners: Pick<PartnerTermsReader, 'listIds'> },
  programId: string,
): AsyncIterable<string | undefined> {
  yield undefined;
  let count = 0;
  let after: string | undefined;
  do {
    const ids = await partners.listIds(programId, { after, limit: PARTNERS_A_PAGE });
    count += ids.length;
    if (count > MAX_PARTNERS) throw tooLarge(`more than ${MAX_PARTNERS} partners`);
    yield* ids;
    after = ids.length < PARTNERS_A_PAGE ? undefined : ids.at(-1);
  } while (after !== undefined);
}

/** Without the copies that a closed month keeps of sales that went elsewhere: each sale counts once. */
async function* salesOf(
  sales: ConversionPages,
  of: Parameters<ConversionPages['ofMonth']>[0],
): AsyncIterable<ConversionRecord> {
  let cursor: string | undefined;
  do {
    const page = await sales.ofMonth(of, { cursor, limit: SALES_A_PAGE });
    for (const { conversion, isFormer } of page.items) if (!isFormer) yield conversion;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** Each split sale is read once, whatever the number of its parts. */
function makeSplitReader(
  conversions: Pick<ConversionStore, 'find'>,
): (part: ConversionRecord) => Promise<readonly WeighedTouch[]> {
  const found = new Map<string, Promise<readonly WeighedTouch[]>>();
  return ({ programId, orderId }) => {
    const touches =
      found.get(orderId) ?? conversions.find(programId, orderId).then((sale) => sale?.attribution.touches ?? []);
    found.set(orderId, touches);
    return touches;
  };
}

function makeRows(): {
  readonly add: (sale: ConversionRecord, touches: readonly WeighedTouch[]) => void;
  readonly inOrder: () => readonly InfluenceRow[];
} {
  const rows = new Map<string, InfluenceRow>();
  const add = (partnerId: string | undefined, currency: string, more: Partial<InfluenceRow>): void => {
    const name = JSON.stringify([partnerId ?? null, currency]);
    const row = rows.get(name) ?? { partnerId, currency, touchedSales: 0, influenceMinor: 0n, attributedMinor: 0n };
    rows.set(name, {
      ...row,
      touchedSales: row.touchedSales + (more.touchedSales ?? 0),
      influenceMinor: row.influenceMinor + (more.influenceMinor ?? 0n),
      attributedMinor: row.attributedMinor + (more.attributedMinor ?? 0n),
    });
  };
  return {
    add: ({ partnerId, currency, amountMinor, credit }, touches) => {
      // The parts of a split sale are one sale: each brings its amount, the first one counts.
      const touchedSales = credit === undefined || credit.part === 0 ? 1 : 0;
      const shares = influenceOf(touches, amountMinor);
      for (const share of shares) add(share.partnerId, currency, { touchedSales, influenceMinor: share.amountMinor });
      if (shares.length === 0) add(undefined, currency, { influenceMinor: amountMinor });
      add(partnerId, currency, { attributedMinor: amountMinor });
    },
    inOrder: () =>
      [...rows.values()].sort(
        (a, b) => compareText(a.partnerId ?? '', b.partnerId ?? '') || compareText(a.currency, b.currency),
      ),
  };
}

function tooLarge(why: string): Failure {
  return new Failure('report_too_large', `The month has ${why}: read its sales by partner from /conversions instead.`, {
    errors: [{ pointer: 'query:period', rule: `must not have ${why}` }],
  });
}
