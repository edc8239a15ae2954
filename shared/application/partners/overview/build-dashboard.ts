import type {
  AlertTarget,
  Dashboard,
  OverviewAlert,
  OverviewFigures,
  OverviewMonth,
  PartnerRow,
  Started,
  TopPerformer,
} from '#shared/application/partners/overview/overview';
import { countOf } from '#shared/application/partners/overview/situation-of';
import type { Currency } from '#shared/domain/money/money';
import { HEALTH_STATUSES, type HealthStatus } from '#shared/domain/partner/health/health';
import { type HealthReasonCode, REASON_SEVERITIES } from '#shared/domain/partner/health/health-words';
import { addSales, revenueOf, type SalesSums, type SalesTally } from '#shared/domain/partner/health/sales-tally';
import { compareText, type Instant, type Period } from '#shared/domain/time/instant';

/** What one page shows, and what one person reads. */
const TOP_PERFORMERS = 10;
const MAX_ALERTS = 50;
const MAX_STARTED = 20;

export type Counted = { readonly row: PartnerRow; readonly tally: SalesTally };

/** A month of all partners, and of sales that are nobody's. */
export function monthOf(
  spanId: string,
  period: Period,
  counted: readonly Counted[],
  nobodys: SalesTally,
): OverviewMonth {
  let activePartners = 0;
  const lists: (readonly SalesSums[])[] = [];
  for (const { tally } of counted) {
    const sums = tally.of(spanId);
    if (sums.length === 0) continue;
    lists.push(sums);
    if (countOf(sums) > 0) activePartners += 1;
  }
  const partners = addSales(...lists);
  const nobody = nobodys.of(spanId);
  const currencies = [...new Set([...partners, ...nobody].map(({ currency }) => currency))].toSorted();
  return { period, activePartners, figures: currencies.map((currency) => figuresOf(currency, partners, nobody)) };
}

/** Nobody's sales have no partner for whom they could count; everything of them is in the total alone. */
function figuresOf(currency: Currency, partners: readonly SalesSums[], nobody: readonly SalesSums[]): OverviewFigures {
  const [own] = addSales(partners.filter((sums) => sums.currency === currency));
  const [none] = addSales(nobody.filter((sums) => sums.currency === currency));
  const partnerMinor = own ? revenueOf(own) : 0n;
  return {
    currency,
    partnerMinor,
    totalMinor: partnerMinor + (own?.otherMinor ?? 0n) + (none ? revenueOf(none) + none.otherMinor : 0n),
    conversions: own ? own.conversions - own.furtherParts : 0,
    refundedMinor: own?.refundedMinor ?? 0n,
    refundedConversions: own?.refundedConversions ?? 0,
    heldConversions: own?.heldConversions ?? 0,
    heldMinor: own?.heldMinor ?? 0n,
  };
}

/** The partners that brought most, in the programme's currency, or where none was sold in it, in the one with most sales. */
export function topPerformers(
  counted: readonly Counted[],
  month: OverviewMonth,
  spans: { readonly of: string; readonly before: string },
  home: Currency,
): readonly TopPerformer[] {
  const busiest = month.figures.toSorted((a, b) => b.conversions - a.conversions)[0]?.currency;
  const sold = month.figures.some(({ currency, conversions }) => currency === home && conversions > 0);
  const currency = sold ? home : (busiest ?? home);
  const inCurrency = (tally: SalesTally, span: string): SalesSums | undefined =>
    tally.of(span).find((sums) => sums.currency === currency);
  return counted
    .flatMap(({ row: { partnerId, name }, tally }): TopPerformer[] => {
      const sums = inCurrency(tally, spans.of);
      if (!sums || sums.conversions === 0) return [];
      const before = inCurrency(tally, spans.before);
      const { conversions } = sums;
      const beforeMinor = before ? revenueOf(before) : 0n;
      return [{ partnerId, name, currency, revenueMinor: revenueOf(sums), beforeMinor, conversions }];
    })
    .toSorted((a, b) => bySize(b.revenueMinor, a.revenueMinor) || compareText(a.partnerId, b.partnerId))
    .slice(0, TOP_PERFORMERS);
}

function bySize(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Partners whose `at` lies in a month, the latest first. */
export function startedIn(
  rows: readonly PartnerRow[],
  atOf: (row: PartnerRow) => Instant | undefined,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Started {
  const found = rows.flatMap((row) => {
    const at = atOf(row);
    return at !== undefined && at >= from && at < to ? [{ partnerId: row.partnerId, name: row.name, at }] : [];
  });
  const partners = found.toSorted((a, b) => compareText(b.at, a.at)).slice(0, MAX_STARTED);
  return { count: found.length, partners };
}

export function countHealth(rows: readonly PartnerRow[]): Readonly<Record<HealthStatus, number>> {
  const counts = new Map<HealthStatus, number>(HEALTH_STATUSES.map((status) => [status, 0]));
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Object.fromEntries(counts) as Record<HealthStatus, number>;
}

/** Where each kind of worry is dealt with. What is only a partner's next step is the pipeline's. */
const TARGETS: Readonly<Partial<Record<HealthReasonCode, AlertTarget>>> = {
  agreement_not_accepted: 'agreements',
  no_agreement: 'agreements',
  agreement_expiring: 'agreements',
  certification_expiring: 'certifications',
  certification_expired: 'certifications',
  tier_warning: 'tiers',
  payout_waits: 'payee',
  payee_missing: 'payee',
  payout_returned: 'payouts',
  payout_unknown: 'payouts',
  dispute_open: 'disputes',
  sales_held: 'holds',
  mail_stopped: 'mail_problems',
  quiet: 'links',
  silent: 'links',
  revenue_fell: 'conversions',
  many_refunds: 'conversions',
};

/** What somebody should look at, the worst first and then by partner; of those who are gone only what is about money. */
export function alertsOf(rows: readonly PartnerRow[]): Dashboard['alerts'] {
  const all = rows.flatMap(({ partnerId, name, reasons }) =>
    reasons.flatMap((reason): OverviewAlert[] => {
      const target = TARGETS[reason.code];
      return target && reason.severity !== 'notice' ? [{ partnerId, name, ...reason, target }] : [];
    }),
  );
  const rank = ({ severity }: OverviewAlert): number => REASON_SEVERITIES.indexOf(severity);
  const items = all.toSorted((a, b) => rank(a) - rank(b) || compareText(a.partnerId, b.partnerId)).slice(0, MAX_ALERTS);
  return { count: all.length, items };
}

export function pipelineOf(
  rows: readonly PartnerRow[],
  heldSales: number,
  applicationsWaiting: number | undefined,
): Dashboard['pipeline'] {
  const count = (code: HealthReasonCode): number =>
    rows.filter(({ reasons }) => reasons.some((reason) => reason.code === code)).length;
  return {
    ...(applicationsWaiting === undefined ? {} : { applicationsWaiting }),
    agreementNotAccepted: count('agreement_not_accepted'),
    noLink: count('no_link'),
    noClick: count('no_click'),
    noSale: count('no_sale'),
    heldSales,
  };
}
