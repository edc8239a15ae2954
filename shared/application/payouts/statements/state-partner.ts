import type {
  RecordedAdjustment,
  ShardResult,
  StatementSummary,
  StatementWriter,
} from '#shared/application/payouts/ports';
import type { ComputeStatementsDeps } from '#shared/application/payouts/statements/compute-statements';
import { plansOfTerms } from '#shared/application/plans-of-terms';
import type { Program } from '#shared/application/programs';
import type { RefundFact } from '#shared/application/referral-facts';
import { type TimeBox, TimeIsOver, UNLIMITED } from '#shared/application/time-box';
import { statementIdOf } from '#shared/domain/ledger/money-ids';
import { isWriteOff } from '#shared/domain/ledger/write-off';
import type { Currency } from '#shared/domain/money/money';
import { currenciesOfPeriodLines } from '#shared/domain/pay/period-lines';
import { currenciesToWeigh, needsWeighing, weighStatement } from '#shared/domain/pay/weigh-statement';
import type { PartnerTerms, Plan } from '#shared/domain/plan/plan';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { type OpenStatement, openStatement } from '#shared/domain/statement/open-statement';
import type { StatementContext, VolumeTotals } from '#shared/domain/statement/statement-context';
import type { Instant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';
import type { LateRefunds } from './late-refunds.ts';
import { needFirstPurchases, type Purchases } from './purchases.ts';
import { makeStatementDraft, type StatementDraft } from './statement-draft.ts';

export type ShardContext = {
  readonly program: Program;
  readonly run: PayoutRun;
  readonly zone: TimeZone;
  readonly purchases: Purchases;
  readonly lateRefunds: LateRefunds;
  readonly writer: StatementWriter;
  /** States the month only as far as it is earned then; see `StatementContext`. */
  readonly accruedAt?: Instant | undefined;
  /** How long there is to do so; absent: as long as it takes. */
  readonly box?: TimeBox | undefined;
};

/** What stating a partner's month reads; it writes through the context's writer alone. */
export type StatePartnerDeps = Pick<
  ComputeStatementsDeps,
  'partners' | 'plans' | 'facts' | 'adjustments' | 'balances' | 'newHash'
>;

type Fact = { readonly occurredAt: Instant; readonly factId: string };
type InTheMaking = { readonly open: OpenStatement; readonly draft: StatementDraft; takesConversions: boolean };

/**
 * States one partner's month: a statement in the programme's currency always, one in another currency when there is a
 * fact or a balance in it, or the plan at the month's end pays a fee or a guarantee in it. Facts go through in the order of a statement's lines: conversions, fees, clawbacks, adjustments, write-offs.
 * @throws TimeIsOver between two facts; what was written until then stands, and a repeat writes the same
 */
export async function statePartner(
  deps: StatePartnerDeps,
  context: ShardContext,
  partnerId: string,
): Promise<Pick<ShardResult, 'factCount' | 'statements'> & { readonly sales: ReadonlyMap<Currency, number> }> {
  const { program, run } = context;
  const { programId } = program;
  const base = await readStanding(deps, context, partnerId);
  const withFirsts = needFirstPurchases(base.plans.values(), base.terms.agreements);
  const box = context.box ?? UNLIMITED;
  const conversions = (): ReturnType<Purchases> =>
    context.purchases(inTime(deps.facts.conversions(programId, partnerId, run.period), box), withFirsts);
  const weighed = await weigh(base, program.currency, conversions);
  const making = makeStatements(deps, context, base, weighed);
  let factCount = 0;
  const sales = new Map<Currency, number>();

  for await (const { conversion, currency } of conversions()) {
    factCount += 1;
    sales.set(currency, (sales.get(currency) ?? 0) + 1);
    const { open, draft } = making.of(currency);
    const paid = open.conversion(conversion);
    await draft.add('1', { occurredAt: conversion.occurredAt, factId: conversion.conversionId }, paid.lines);
    if (paid.nothing.length > 0) await draft.nothing(paid.nothing);
  }
  await making.endConversions();

  const late = counted(inTime(deps.facts.refunds(programId, partnerId, run.period), box), () => {
    factCount += 1;
  });
  for await (const { refund, currency } of context.lateRefunds(partnerId, late)) {
    const { open, draft } = await making.forReversals(currency);
    await draft.add('3', { occurredAt: refund.occurredAt, factId: refund.refundId }, open.clawback(refund));
  }
  const adjustments = await deps.adjustments.ofPartner(programId, partnerId, run.period);
  factCount += adjustments.length;
  const draftOf = async (adjustment: RecordedAdjustment): Promise<InTheMaking & { fact: Fact }> => {
    const fact = { occurredAt: adjustment.occurredAt, factId: adjustment.adjustmentId };
    return { ...(await making.forReversals(adjustment.currency)), fact };
  };
  for (const adjustment of adjustments.filter((one) => !isWriteOff(one))) {
    const { open, draft, fact } = await draftOf(adjustment);
    await draft.add('4', fact, [open.adjustment(adjustment)]);
  }
  for (const adjustment of adjustments.filter(isWriteOff)) {
    const { open, draft, fact } = await draftOf(adjustment);
    await draft.add('5', fact, [open.writeOff(adjustment)]);
  }
  return { factCount, sales, statements: await making.finish() };
}

async function* inTime<T>(facts: AsyncIterable<T>, box: TimeBox): AsyncIterable<T> {
  for await (const fact of facts) {
    if (box.isOver()) throw new TimeIsOver();
    yield fact;
  }
}

/** Every refund is counted, late ones go on: the others have reduced their conversion's base already. */
async function* counted(refunds: AsyncIterable<RefundFact>, count: () => void): AsyncIterable<RefundFact> {
  for await (const refund of refunds) {
    count();
    if (refund.late) yield refund;
  }
}

type Standing = {
  readonly partnerId: string;
  readonly terms: PartnerTerms;
  readonly plans: ReadonlyMap<number, Plan>;
  readonly openings: ReadonlyMap<Currency, Pick<StatementContext, 'openingBalanceMinor' | 'unsentMinor'>>;
  readonly inCurrency: (currency: Currency, volumeTotals?: VolumeTotals) => StatementContext;
};

async function readStanding(deps: StatePartnerDeps, context: ShardContext, partnerId: string): Promise<Standing> {
  const { program, run, zone, accruedAt } = context;
  const [found, balances] = await Promise.all([
    deps.partners.terms(program.programId, partnerId),
    deps.balances.of(program.programId, partnerId),
  ]);
  const terms: PartnerTerms = found ?? { partnerId, agreements: [], tiers: [] };
  const plans = await plansOfTerms(program.programId, terms, deps.plans);
  const openings = new Map(
    balances.map(({ currency, payableMinor, reservedMinor }) => [
      currency,
      { openingBalanceMinor: payableMinor - reservedMinor, unsentMinor: reservedMinor },
    ]),
  );
  return {
    partnerId,
    terms,
    plans,
    openings,
    inCurrency: (currency, volumeTotals) => ({
      partnerId,
      period: run.period,
      currency,
      programCurrency: program.currency,
      zone,
      minimumPayoutMinor: program.minimumPayoutMinor,
      terms,
      plans,
      openingBalanceMinor: 0n,
      ...openings.get(currency),
      volumeTotals,
      accruedAt,
    }),
  };
}

/** Volume brackets need the month's total of their currency before the first line: conversions are read twice. */
async function weigh(
  standing: Standing,
  programCurrency: Currency,
  conversions: () => ReturnType<Purchases>,
): Promise<ReadonlyMap<Currency, VolumeTotals>> {
  const contexts = [...currenciesToWeigh(standing.plans.values(), programCurrency)]
    .map((currency) => standing.inCurrency(currency))
    .filter(needsWeighing);
  if (contexts.length === 0) return new Map();
  const scales = new Map(contexts.map((context) => [context.currency, weighStatement(context)]));
  for await (const { conversion, currency } of conversions()) scales.get(currency)?.conversion(conversion);
  return new Map([...scales].map(([currency, scale]) => [currency, scale.totals()]));
}

/** The statements of one partner by currency, opened when their first fact comes. */
function makeStatements(
  deps: StatePartnerDeps,
  { program, run, writer }: ShardContext,
  standing: Standing,
  weighed: ReadonlyMap<Currency, VolumeTotals>,
): {
  of(currency: Currency): InTheMaking;
  endConversions(): Promise<void>;
  forReversals(currency: Currency): Promise<InTheMaking>;
  finish(): Promise<readonly StatementSummary[]>;
} {
  const { partnerId } = standing;
  const { programId } = program;
  const making = new Map<Currency, InTheMaking>();
  const idOf = (currency: Currency): string => statementIdOf(run.runId, partnerId, currency);

  const of = (currency: Currency): InTheMaking => {
    const known = making.get(currency);
    if (known) return known;
    const statement = { programId, statementId: idOf(currency), partnerId, period: run.period, currency };
    const made = {
      open: openStatement(standing.inCurrency(currency, weighed.get(currency))),
      draft: makeStatementDraft(writer, deps.newHash(), statement),
      takesConversions: true,
    };
    making.set(currency, made);
    return made;
  };
  const forReversals = async (currency: Currency): Promise<InTheMaking> => {
    const made = of(currency);
    if (!made.takesConversions) return made;
    made.takesConversions = false;
    await made.draft.add('2', undefined, made.open.endConversions());
    return made;
  };
  const finishOne = async (currency: Currency): Promise<StatementSummary> => {
    const { open, draft } = await forReversals(currency);
    const amounts = open.close();
    const { digest, lineCount } = await draft.finish(amounts);
    const summary = { statementId: idOf(currency), partnerId, currency, digest, ...amounts };
    const { period, runId, attempt } = run;
    await writer.putHeader(programId, { ...summary, period, runId, attempt, lineCount });
    return summary;
  };

  return {
    of,
    forReversals,
    async endConversions() {
      for (const [currency, { openingBalanceMinor }] of standing.openings) if (openingBalanceMinor !== 0n) of(currency);
      for (const currency of currenciesOfPeriodLines(standing.inCurrency(program.currency))) of(currency);
      of(program.currency);
      for (const currency of making.keys()) await forReversals(currency);
    },
    async finish() {
      const summaries: StatementSummary[] = [];
      for (const currency of [...making.keys()].toSorted()) summaries.push(await finishOne(currency));
      return summaries;
    },
  };
}
