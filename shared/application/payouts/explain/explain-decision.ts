import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { StatedFacts } from '#shared/application/payouts/explain/explain-ports';
import type { StatementReader } from '#shared/application/payouts/ports';
import { plansOfTerms } from '#shared/application/plans-of-terms';
import type { Program } from '#shared/application/programs';
import type { ConversionFact, ReferralFacts } from '#shared/application/referral-facts';
import {
  type ComponentDecision,
  decidedBy,
  dependsOnTheMonth,
  makeDecider,
  type SaleDecision,
} from '#shared/domain/explain/explain-decisions';
import { inForceUntil } from '#shared/domain/explain/explain-terms';
import { agreementInForce, tierInForce } from '#shared/domain/partner/terms';
import { makeAgreementFinder } from '#shared/domain/pay/sale';
import { needsWeighing, weighStatement } from '#shared/domain/pay/weigh-statement';
import type { AgreementTerm, PartnerTerms, Plan, TierTerm } from '#shared/domain/plan/plan';
import type { MaturedConversion } from '#shared/domain/statement/statement';
import type { StatementContext } from '#shared/domain/statement/statement-context';
import { compareText, type Instant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';
import { makePurchases } from '../statements/purchases.ts';

/** Sales of one partner and month that are counted to find a bracket: some seconds of reading. */
const MAX_COUNTED = 20_000;

export type DecisionDeps = {
  readonly partners: Pick<PartnerTermsReader, 'terms'>;
  readonly plans: { get(programId: string, version: number): Promise<Plan | undefined> };
  readonly facts: Pick<ReferralFacts, 'conversions' | 'firstPurchases'>;
  readonly statements: Pick<StatementReader, 'earnedLines'>;
  readonly stated: Pick<StatedFacts, 'nothing'>;
  /** Default: `MAX_COUNTED`. */
  readonly maxCounted?: number | undefined;
};

export type DecidedSale = {
  readonly sale: MaturedConversion;
  readonly decision: SaleDecision;
  readonly agreement?: AgreementTerm | undefined;
  /** True when the agreement had ended and still pays this customer's sales inside a window (semantics 4a). */
  readonly afterEnd: boolean;
  readonly plan?: Plan | undefined;
  readonly tier?: TierTerm | undefined;
  /** Exclusive; absent: for as long as is known. */
  readonly agreementUntil?: Instant | undefined;
  readonly tierUntil?: Instant | undefined;
};

/**
 * What each component decided about an attributed sale: as `statementId` holds it, or, without one, as the statement's
 * engine would decide by today's facts. Where a sale stands in its brackets is counted among the partner's other sales of
 * the month, also of a stated one.
 */
export async function decideSale(
  deps: DecisionDeps,
  { program, zone }: { readonly program: Program; readonly zone: TimeZone },
  fact: ConversionFact & { readonly partnerId: string },
  statementId: string | undefined,
): Promise<DecidedSale> {
  const { programId } = program;
  const terms = (await deps.partners.terms(programId, fact.partnerId)) ?? noTerms(fact.partnerId);
  const context = await contextOf(deps, { program, zone }, fact, terms);
  const sale = await maturedOf(deps, programId, fact);
  const { agreement, afterEnd } = agreementOf(terms, sale);
  const plan = agreement && context.plans.get(agreement.planVersion);
  const tier = tierInForce(terms.tiers, fact.occurredAt);
  const known = {
    sale,
    agreement,
    agreementUntil: agreement && inForceUntil(terms.agreements, agreement),
    afterEnd,
    plan,
    tier,
    tierUntil: tier && inForceUntil(terms.tiers, tier),
  };
  const computed = await estimate(deps, programId, context, plan, fact, sale);
  if (statementId === undefined) return { ...known, decision: computed };
  const lines = await deps.statements.earnedLines(programId, statementId, fact);
  const nothing = lines.length > 0 ? [] : await deps.stated.nothing(programId, statementId, fact.orderId);
  return { ...known, decision: decidedBy(computed, { lines, nothing }) };
}

/** A customer who never bought above zero has no first purchase, and so nothing that an ended agreement would honour. */
function agreementOf(
  terms: PartnerTerms,
  sale: MaturedConversion,
): { readonly agreement?: AgreementTerm | undefined; readonly afterEnd: boolean } {
  if (sale.firstPurchase !== undefined) return makeAgreementFinder(terms.agreements)(sale) ?? { afterEnd: false };
  return { agreement: agreementInForce(terms.agreements, sale.occurredAt), afterEnd: false };
}

function noTerms(partnerId: string): PartnerTerms {
  return { partnerId, agreements: [], tiers: [] };
}

async function contextOf(
  deps: Pick<DecisionDeps, 'plans'>,
  { program, zone }: { readonly program: Program; readonly zone: TimeZone },
  { partnerId, period, currency }: ConversionFact & { readonly partnerId: string },
  terms: PartnerTerms,
): Promise<StatementContext> {
  const plans = await plansOfTerms(program.programId, terms, deps.plans);
  const { currency: programCurrency, minimumPayoutMinor } = program;
  const money = { currency, programCurrency, minimumPayoutMinor, openingBalanceMinor: 0n };
  return { partnerId, period, zone, terms, plans, ...money };
}

async function maturedOf(
  deps: Pick<DecisionDeps, 'facts'>,
  programId: string,
  fact: ConversionFact,
): Promise<MaturedConversion> {
  async function* alone(): AsyncIterable<ConversionFact> {
    yield fact;
  }
  for await (const { conversion } of makePurchases(deps.facts, programId)(alone(), true)) return conversion;
  throw new Error(`order ${fact.orderId} was lost on the way to its customer`);
}

async function estimate(
  deps: Pick<DecisionDeps, 'facts' | 'maxCounted'>,
  programId: string,
  context: StatementContext,
  plan: Plan | undefined,
  fact: ConversionFact,
  sale: MaturedConversion,
): Promise<SaleDecision> {
  const alone = makeDecider(context, plan).decide(sale);
  if (!alone.components.some(({ component, outcome }) => outcome === 'paid' && dependsOnTheMonth(component)))
    return alone;
  const month = await salesOfTheMonth(deps, programId, context, fact, sale);
  if (!month) return { components: alone.components.map(leftUncounted) };
  let weighed = context;
  if (needsWeighing(context)) {
    const scale = weighStatement(context);
    for (const other of month) scale.conversion(other);
    weighed = { ...context, volumeTotals: scale.totals() };
  }
  const decider = makeDecider(weighed, plan);
  for (const other of month.slice(0, month.indexOf(sale))) decider.count(other);
  return decider.decide(sale);
}

function leftUncounted(decision: ComponentDecision): ComponentDecision {
  if (decision.outcome !== 'paid' || !dependsOnTheMonth(decision.component)) return decision;
  return { component: decision.component, outcome: 'not_counted', lines: [] };
}

/** The partner's sales of the month in this currency, in order, this one among them; `undefined` when they are too many. */
async function salesOfTheMonth(
  deps: Pick<DecisionDeps, 'facts' | 'maxCounted'>,
  programId: string,
  { partnerId, period, currency }: StatementContext,
  fact: ConversionFact,
  sale: MaturedConversion,
): Promise<readonly MaturedConversion[] | undefined> {
  const sales: MaturedConversion[] = [sale];
  const facts = deps.facts.conversions(programId, partnerId, period);
  for await (const { conversion, currency: paidIn } of makePurchases(deps.facts, programId)(facts, true)) {
    if (paidIn !== currency || conversion.conversionId === fact.orderId) continue;
    sales.push(conversion);
    if (sales.length > (deps.maxCounted ?? MAX_COUNTED)) return undefined;
  }
  return sales.sort((a, b) => compareText(a.occurredAt, b.occurredAt) || compareText(a.conversionId, b.conversionId));
}
