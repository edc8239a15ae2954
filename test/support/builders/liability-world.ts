import { timeZoneOf } from '#shared/adapters/time-zones';
import { makeGetLiability } from '#shared/application/payouts/ledger/get-liability';
import type { LiabilityLimits } from '#shared/application/payouts/ledger/liability-budget';
import { makePostStatements } from '#shared/application/payouts/paying/post-statements';
import {
  type ConversionFact,
  type HasFacts,
  purchaseFact,
  type ReferralFacts,
  type RefundFact,
} from '#shared/application/referral-facts';
import { isLate, periodOfConversion, periodOfRefundOrAdjustment } from '#shared/domain/facts/facts';
import { type CustomerHistory, firstPurchaseOf, improveHistory } from '#shared/domain/facts/first-purchase';
import type { PartnerTerms, Plan } from '#shared/domain/plan/plan';
import { previousPeriod } from '#shared/domain/time/calendar';
import { compareText, type Instant, type Period } from '#shared/domain/time/instant';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { DECEMBER, instant } from '#test/support/builders/runs';
import { makeFakeInvoices } from '#test/support/fakes/invoices';
import { makeFakeLedger } from '#test/support/fakes/ledger';

const ZONE = timeZoneOf('Europe/London');
export const PROGRAM = 'acme';

type Sent = { readonly orderId: string; readonly occurredAt: string; readonly amountMinor: bigint };

/** Facts, closes and the question what is owed, over fakes, with a clock that tests set. */
export function aLiabilityWorld(given: {
  readonly plan: Plan;
  readonly partners?: readonly PartnerTerms[];
  readonly holdDays?: number;
  readonly limits?: LiabilityLimits;
}) {
  const holdDays = given.holdDays ?? 0;
  const partners = given.partners ?? [aPartner('p1'), aPartner('p2')];
  const sales = new Map<string, ConversionFact>();
  const refunds: RefundFact[] = [];
  const histories = new Map<string, CustomerHistory>();
  let closedThrough: Period = DECEMBER;
  const facts: ReferralFacts = {
    async *conversions(_programId, partnerId, period) {
      const found = [...sales.values()].filter((fact) => fact.partnerId === partnerId && fact.period === period);
      yield* found.sort((a, b) => compareText(a.occurredAt, b.occurredAt) || compareText(a.orderId, b.orderId));
    },
    async *refunds(_programId, partnerId, period) {
      const found = refunds.filter((fact) => fact.partnerId === partnerId && fact.period === period);
      yield* found.sort((a, b) => compareText(a.occurredAt, b.occurredAt) || compareText(a.refundId, b.refundId));
    },
    firstPurchases: async (_programId, ids) =>
      new Map(
        ids.flatMap((id) => {
          const history = histories.get(id) ?? {};
          const first = firstPurchaseOf(history);
          return first ? [[id, purchaseFact(first, history)] as const] : [];
        }),
      ),
    order: async (_programId, orderId) => {
      const conversion = sales.get(orderId);
      return conversion && { conversion, refunds: refunds.filter((refund) => refund.orderId === orderId) };
    },
  };
  const half = aClosingHalf({
    program: { programId: PROGRAM, holdDays },
    partners,
    plans: new Map([[given.plan.version, given.plan]]),
    facts,
    now: '2026-01-01T00:00:00Z',
  });
  const fake = makeFakeLedger();
  const { runs, shards, statements, adjustments } = half.money;
  const clock = (): number => half.time.now;
  const post = makePostStatements({
    runs,
    shards,
    payees: {
      payeeOnRecord: async () => ({ payeeId: 'p', rail: 'sandbox', changedAt: instant('2026-01-01T00:00:00Z') }),
    },
    reviews: half.money.reviews,
    ledger: fake.ledger,
    invoices: makeFakeInvoices(),
    clock,
  });
  const hasFacts: HasFacts = async (_programId, partnerId, period) =>
    [...sales.values(), ...refunds].some((fact) => fact.partnerId === partnerId && fact.period === period);
  const ask = makeGetLiability({
    programs: half.programs,
    runs,
    shards,
    statements,
    adjustments,
    partners: half.terms,
    plans: { get: async () => given.plan },
    facts,
    hasFacts,
    journal: fake.journal,
    payouts: fake.payouts,
    clock,
    ...(given.limits ? { limits: given.limits } : {}),
  });
  const now = (): Instant => new Date(half.time.now).toISOString() as Instant;
  return {
    half,
    fake,
    facts,
    hasFacts,
    ready: half.ready,
    at: (text: string): void => {
      half.time.now = Date.parse(text);
    },
    sell: (
      { orderId, occurredAt, amountMinor }: Sent,
      of: { partnerId?: string | undefined; customerId?: string; firstAt?: Instant } = {},
    ): void => {
      const at = instant(occurredAt);
      const { customerId = `of ${orderId}`, firstAt } = of;
      const sale: ConversionFact = {
        orderId,
        customerId,
        partnerId: 'partnerId' in of ? of.partnerId : 'p1',
        occurredAt: at,
        period: periodOfConversion(at, holdDays, closedThrough, ZONE),
        amountMinor,
        currency: 'GBP',
        nettedMinor: 0n,
        refundedMinor: 0n,
        recordedAt: now(),
        customerFirstPurchaseAt: firstAt,
      };
      sales.set(orderId, sale);
      const history = histories.get(customerId) ?? {};
      const improved = improveHistory(history, { ...sale, conversionId: orderId, suppliedAt: firstAt }, closedThrough);
      histories.set(customerId, { ...history, ...improved });
    },
    /** False when nothing is left to refund. */
    refund: ({ orderId, occurredAt, amountMinor }: Sent, refundId = `refund ${refunds.length}`): boolean => {
      const sale = sales.get(orderId);
      if (!sale || sale.refundedMinor + amountMinor > sale.amountMinor) return false;
      const at = instant(occurredAt);
      const period = periodOfRefundOrAdjustment(at, closedThrough, ZONE);
      const late = isLate(period, sale.period);
      const { partnerId, currency } = sale;
      const recordedAt = now();
      refunds.push({
        refundId,
        orderId,
        partnerId,
        kind: 'refund',
        occurredAt: at,
        period,
        amountMinor,
        currency,
        late,
        recordedAt,
      });
      sales.set(orderId, {
        ...sale,
        refundedMinor: sale.refundedMinor + amountMinor,
        nettedMinor: sale.nettedMinor + (late ? 0n : amountMinor),
      });
      return true;
    },
    /** Opens a month's run: from here on facts are stamped with the next one. */
    open: async (period: Period) => {
      const opening = half.toDecision(period);
      closedThrough = period;
      return opening;
    },
    /** Ends a run and reopens its month, as a rejection does. */
    reject: async (run: Awaited<ReturnType<typeof half.toDecision>>): Promise<void> => {
      const { programId, runId, period, contentHash = '' } = run;
      const by = { by: 'person:a', requestId: `reject ${runId}`, decision: 'reject' as const, comment: 'once more' };
      await half.decide({ programId, runId, contentHash, ...by });
      closedThrough = previousPeriod(period);
    },
    approveAndPost: async (run: Awaited<ReturnType<typeof half.toDecision>>): Promise<void> => {
      for (const by of ['person:a', 'person:b']) await half.approve(run, by);
      for (const shard of ['000000']) await post({ programId: PROGRAM, runId: run.runId, shard });
      await half.paid(run);
      for (const { partnerId } of partners)
        half.balances.set(partnerId, [...(await fake.balances.of(PROGRAM, partnerId))]);
    },
    liability: (asOf?: string, knownAt?: string) =>
      ask({
        programId: PROGRAM,
        asOf: asOf ? instant(asOf) : undefined,
        knownAt: knownAt ? instant(knownAt) : undefined,
      }),
    /** Each partner's, with its sign. */
    balancesMinor: async (): Promise<readonly bigint[]> => {
      const all = await Promise.all(partners.map(({ partnerId }) => fake.balances.of(PROGRAM, partnerId)));
      return all.flat().map(({ payableMinor }) => payableMinor);
    },
  };
}

export function aPartner(partnerId: string, from = '2026-01-01T00:00:00Z'): PartnerTerms {
  return {
    partnerId,
    agreements: [{ from: instant(from), planVersion: 1, sequence: 0 }],
    tiers: [{ from: instant(from), tier: 'referral', sequence: 0 }],
  };
}
