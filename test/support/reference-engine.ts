import {
  type CaseHistory,
  type CasePlan,
  type CaseSale,
  daysOf,
  effective,
  lastBegun,
  later,
  nextMonth,
  periodOfFact,
  rounded,
  salesOf,
  sortedBy,
  splitPart,
  startOfDay,
  type Terms,
  total,
} from './reference-facts.ts';
import type { VectorCase } from './vector-file.ts';

/** What the prose says of statements (rules 4 to 12), straight and slow; see `reference-facts.ts`. */

type Expected = VectorCase['statements'][number];
type Line = Expected['lines'][number];
type Component = CasePlan['components'][number];
type Share = Extract<Component, { kind: 'revenue_share' }>;

/** A sale with the terms that pay it; `ended`: by an agreement that is honoured after its end. */
type Paid = {
  readonly sale: CaseSale;
  readonly plan: CasePlan;
  readonly tier: string | undefined;
  readonly ended: boolean;
};

type Part = { readonly base: bigint; readonly rateBps: number };

const sum = (lines: readonly Line[]): bigint => total(lines.map(({ amountMinor }) => amountMinor));

function isIn(component: Component, currency: string, program: string): boolean {
  if (component.currency !== undefined) return component.currency === currency;
  const isFree =
    component.kind === 'revenue_share' &&
    'ratesByTier' in component &&
    component.capPerCustomerMinor === undefined &&
    component.capPerPeriodMinor === undefined;
  return isFree || currency === program;
}

/** The terms that pay a sale with something left of it. */
function termsOf(sale: CaseSale, plans: Terms<CasePlan>, tiers: Terms<{ readonly tier: string }>): Paid | undefined {
  if (sale.base === 0n) return undefined;
  const agreement = lastBegun(plans, sale.occurredAt);
  if (agreement === undefined) return undefined;
  const { from, endsAt, term } = agreement;
  const ended = endsAt !== undefined && endsAt <= sale.occurredAt;
  const wasEver = endsAt === undefined || from < endsAt;
  if (ended && !(wasEver && term.afterEnd === 'honour_until_window_ends' && sale.firstAt < endsAt)) return undefined;
  return { sale, plan: term, tier: lastBegun(tiers, sale.occurredAt)?.term.tier, ended };
}

/** Whether a share looks at a sale at all: its window, and the end of the agreement. */
function isOpenTo(share: Share, { sale, ended }: Paid, zone: string): boolean {
  if (share.windowMonths === undefined) return !ended;
  return sale.occurredAt < later(sale.firstAt, { months: share.windowMonths }, zone);
}

/** Whether volume mode counts a sale: it is paid by the same plan version and the share looks at it. */
function isCounted(share: Share, plan: CasePlan, other: Paid, zone: string): boolean {
  return other.plan.version === plan.version && isOpenTo(share, other, zone);
}

/** The rate of the rule that names the most of the sale and contradicts none of it, the earliest of several. */
function ruledRate(share: Share, { sale, tier }: Paid): number | undefined {
  let best: { readonly names: number; readonly rateBps: number } | undefined;
  for (const rule of share.rates ?? []) {
    const asks: readonly (readonly [string | undefined, string | undefined])[] = [
      [rule.category, sale.category],
      [rule.country, sale.country],
      [rule.tier, tier],
    ];
    if (asks.some(([asked, is]) => asked !== undefined && asked !== is)) continue;
    if (rule.tier === undefined && 'ratesByTier' in share && !(tier !== undefined && tier in share.ratesByTier))
      continue;
    const names = asks.filter(([asked]) => asked !== undefined).length;
    if (best === undefined || names > best.names) best = { names, rateBps: rule.rateBps };
  }
  return best?.rateBps;
}

/** What a component has paid and counted so far in a statement. */
class Till {
  counted = 0n;
  paid = 0n;
  readonly paidByCustomer = new Map<string, bigint>();

  /** The line within the caps, the customer's first; none when nothing is left of one. */
  cut(component: Component, customerId: string, line: Line): Line | undefined {
    if (component.kind === 'fixed_fee' || component.kind === 'minimum_commitment') return line;
    const own = this.paidByCustomer.get(customerId) ?? 0n;
    const lefts: bigint[] = [];
    if (component.capPerCustomerMinor !== undefined) lefts.push(component.capPerCustomerMinor - own);
    if (component.capPerPeriodMinor !== undefined) lefts.push(component.capPerPeriodMinor - this.paid);
    if (lefts.some((left) => left === 0n)) return undefined;
    const amountMinor = lefts.reduce((least, left) => (left < least ? left : least), line.amountMinor);
    this.paid += amountMinor;
    this.paidByCustomer.set(customerId, own + amountMinor);
    return { ...line, amountMinor };
  }
}

const weight = (share: Share, sale: CaseSale): bigint =>
  'metric' in share && share.metric === 'conversions' ? 1n : sale.base;

/** The rates of a sale by a share, each with the part of the sale that it is for. */
function partsOf(share: Share, paid: Paid, counted: bigint, volume: bigint): readonly Part[] {
  const { sale, tier } = paid;
  const ruled = ruledRate(share, paid);
  if (ruled !== undefined) return [{ base: sale.base, rateBps: ruled }];
  if ('ratesByTier' in share) {
    const rateBps =
      tier === undefined ? undefined : Object.entries(share.ratesByTier).find(([name]) => name === tier)?.[1];
    return rateBps === undefined ? [] : [{ base: sale.base, rateBps }];
  }
  const holding = (count: bigint): number =>
    share.brackets.find(({ upTo }) => upTo === null || count <= upTo)?.rateBps ?? Number.NaN;
  if (share.mode === 'volume') return [{ base: sale.base, rateBps: holding(volume) }];
  if (share.metric === 'conversions') return [{ base: sale.base, rateBps: holding(counted + 1n) }];
  const parts: Part[] = [];
  let lower = 0n;
  for (const { upTo, rateBps } of share.brackets) {
    const from = counted > lower ? counted : lower;
    const end = counted + sale.base;
    const to = upTo === null || end < upTo ? end : upTo;
    if (to > from) parts.push({ base: to - from, rateBps });
    if (upTo !== null) lower = upTo;
  }
  return parts;
}

/** The lines of the statement's sales: by sale, then component, then bracket. */
function conversionLines(all: readonly Paid[], history: CaseHistory, currency: string): readonly Line[] {
  const { timeZone: zone, currency: program } = history.program;
  const tills = new Map<string, Till>();
  return all.flatMap((paid) => {
    const { sale, plan } = paid;
    return plan.components.flatMap((component): readonly Line[] => {
      if (!isIn(component, currency, program)) return [];
      const key = `${plan.version} ${component.id}`;
      const till = tills.get(key) ?? new Till();
      tills.set(key, till);
      const about = { componentId: component.id, conversionId: sale.id };
      const cut = (line: Line): readonly Line[] => {
        const left = till.cut(component, sale.customerId, line);
        return left === undefined ? [] : [left];
      };
      if (component.kind === 'referral_fee') {
        if (paid.ended || !sale.isFirst) return [];
        const amountMinor = splitPart(component.amountMinor, sale.credit);
        return cut({ kind: component.kind, amountMinor, ...about });
      }
      if (component.kind !== 'revenue_share' || !isOpenTo(component, paid, zone)) return [];
      const isVolume = 'mode' in component && component.mode === 'volume';
      const counting = isVolume ? all.filter((other) => isCounted(component, plan, other, zone)) : [];
      const volume = total(counting.map((other) => weight(component, other.sale)));
      const parts = partsOf(component, paid, till.counted, volume);
      till.counted += weight(component, sale);
      return parts.flatMap(({ base, rateBps }) =>
        cut({
          kind: component.kind,
          amountMinor: rounded(base * BigInt(rateBps), 10_000n),
          ...about,
          baseMinor: base,
          rateBps,
        }),
      );
    });
  });
}

/** Fixed fees in plan order, then the top-up to the guarantee, by the plan in force at the period's last moment. */
function periodLines(
  period: string,
  history: CaseHistory,
  plans: Terms<CasePlan>,
  currency: string,
  earned: bigint,
): readonly Line[] {
  const { timeZone: zone, currency: program } = history.program;
  const end = startOfDay(nextMonth(period), zone);
  const justBefore = new Date(Date.parse(end) - 1).toISOString();
  const atTheEnd = lastBegun(plans, justBefore);
  if (atTheEnd === undefined || (atTheEnd.endsAt !== undefined && atTheEnd.endsAt <= justBefore)) return [];
  const components = atTheEnd.term.components.filter((component) => isIn(component, currency, program));
  const all = daysOf(period);
  const began = firstBegin(plans) ?? '9999';
  const isWholeMonth = began <= startOfDay(period, zone);
  const days = isWholeMonth ? [] : Array.from({ length: all }, (_, day) => startOfDay(period, zone, day));
  const active = isWholeMonth ? all : days.filter((start) => began <= start).length;
  const fees = components.flatMap((component): readonly Line[] => {
    if (component.kind !== 'fixed_fee') return [];
    const isWhole = component.prorate === false;
    const amountMinor = isWhole ? component.amountMinor : rounded(component.amountMinor * BigInt(active), BigInt(all));
    return amountMinor === 0n ? [] : [{ kind: component.kind, amountMinor, componentId: component.id }];
  });
  const guarantee = components.find(({ kind }) => kind === 'minimum_commitment');
  if (guarantee?.kind !== 'minimum_commitment') return fees;
  const missing = guarantee.amountMinor - earned - sum(fees);
  return missing <= 0n ? fees : [...fees, { kind: guarantee.kind, amountMinor: missing, componentId: guarantee.id }];
}

/** When any agreement was first in force: one that another replaces at its very begin never was, nor one that ends there. */
function firstBegin(plans: Terms<CasePlan>): string | undefined {
  const begins = plans
    .filter((term, index) => !plans.some((other, at) => at > index && other.from === term.from))
    .filter(({ from, endsAt }) => endsAt === undefined || from < endsAt)
    .map(({ from }) => from);
  return begins.sort()[0];
}

/** Each earned line of the sale reversed by what is refunded late so far, less what was before. */
function clawbackLines(
  sales: readonly CaseSale[],
  earned: ReadonlyMap<string, readonly Line[]>,
  period: string,
): readonly Line[] {
  const refunds = sales.flatMap((sale) => sale.lateRefunds.map((refund, index) => ({ sale, refund, index })));
  const own = refunds.filter(({ refund }) => refund.period === period);
  return sortedBy(own, ({ refund }) => [refund.occurredAt, refund.id]).flatMap(({ sale, refund, index }) => {
    const before = total(sale.lateRefunds.slice(0, index).map(({ amountMinor }) => amountMinor));
    const soFar = before + refund.amountMinor;
    return (earned.get(sale.id) ?? []).flatMap((line): readonly Line[] => {
      const amountMinor = rounded(line.amountMinor * before, sale.base) - rounded(line.amountMinor * soFar, sale.base);
      const about = { componentId: line.componentId, conversionId: sale.id, refundId: refund.id };
      return amountMinor === 0n ? [] : [{ kind: 'clawback', amountMinor, ...about }];
    });
  });
}

/** The statements of a case, by the prose alone. */
export function referenceStatements(history: CaseHistory): readonly Expected[] {
  const { program, openingBalanceMinor: before, periods } = history;
  const { timeZone: zone, minimumPayoutMinor } = program;
  const currency = history.currency ?? program.currency;
  const isStated = (fact: { readonly currency?: string | undefined }): boolean =>
    (fact.currency ?? program.currency) === currency;
  const plans = effective(history.planHistory, zone);
  const tiers = effective(history.tierHistory, zone);
  const sales = salesOf(history).filter(isStated);
  const earnedBy = new Map<string, readonly Line[]>();
  let opening = before;
  return periods.map((period): Expected => {
    const own = sortedBy(
      sales.filter((sale) => sale.period === period),
      ({ occurredAt, id }) => [occurredAt, id],
    );
    const paid = own.flatMap((sale) => termsOf(sale, plans, tiers) ?? []);
    const shares = conversionLines(paid, history, currency);
    for (const { id } of own) {
      earnedBy.set(
        id,
        shares.filter(({ conversionId }) => conversionId === id),
      );
    }
    const earned = [...shares, ...periodLines(period, history, plans, currency, sum(shares))];
    const clawbacks = clawbackLines(sales, earnedBy, period);
    const adjusted = history.adjustments.filter((fact) => isStated(fact) && periodOfFact(fact, zone) === period);
    const adjustments = sortedBy(adjusted, ({ occurredAt, id }) => [occurredAt, id]).map(
      ({ id, amountMinor }): Line => ({ kind: 'adjustment', amountMinor, adjustmentId: id }),
    );
    const balance = opening + sum(earned) + sum(clawbacks) + sum(adjustments);
    const payableMinor = balance > 0n && balance >= minimumPayoutMinor ? balance : 0n;
    const statement = {
      period: period as Expected['period'],
      earnedMinor: sum(earned),
      clawbackMinor: sum(clawbacks),
      adjustmentMinor: sum(adjustments),
      openingBalanceMinor: opening,
      payableMinor,
      closingBalanceMinor: balance - payableMinor,
      lines: [...earned, ...clawbacks, ...adjustments],
    };
    opening = statement.closingBalanceMinor;
    return statement;
  });
}
