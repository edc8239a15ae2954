import type { ConversionFact, ReferralFacts, RefundFact } from '#shared/application/referral-facts';
import { isLate, periodOfConversion, periodOfRefundOrAdjustment } from '#shared/domain/facts/facts';
import type { History } from '#shared/domain/facts/history';
import { matureFacts } from '#shared/domain/facts/mature-facts';
import { effectiveInstant } from '#shared/domain/partner/terms';
import { nextPeriod, previousPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import type { Period } from '#shared/domain/time/instant';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { historyOf, type VectorCase } from '#test/support/vector-file';

/** What the referrals service would have stored of a case. */
function factsOf(history: History): ReferralFacts {
  const matured = matureFacts(history);
  const currency = history.currency ?? history.programCurrency;
  const conversions = matured.conversions.map((sale): ConversionFact => {
    const fact = history.conversions.find(({ conversionId }) => conversionId === sale.conversionId)!;
    const period = periodOfConversion(fact.occurredAt, history.holdDays, fact.closedThrough, history.zone);
    const { conversionId: orderId, customerId, occurredAt, amountMinor, nettedMinor, category, country, credit } = sale;
    const partnerId = history.partnerId;
    return {
      orderId,
      customerId,
      partnerId,
      occurredAt,
      period,
      amountMinor,
      currency,
      nettedMinor,
      refundedMinor: 0n,
      category,
      country,
      credit,
    };
  });
  const refunds = matured.refunds.map((fact): RefundFact => {
    const sale = conversions.find(({ orderId }) => orderId === fact.conversionId)!;
    const { refundId, conversionId: orderId, occurredAt, amountMinor, period } = fact;
    const late = isLate(period, sale.period);
    return {
      refundId,
      orderId,
      partnerId: history.partnerId,
      kind: 'refund',
      occurredAt,
      period,
      amountMinor,
      currency,
      late,
    };
  });
  const byTime = <T extends { occurredAt: string }>(facts: readonly T[], idOf: (fact: T) => string): T[] =>
    [...facts].sort((a, b) =>
      a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : idOf(a) < idOf(b) ? -1 : 1,
    );
  return {
    async *conversions(_programId, _partnerId, period) {
      yield* byTime(
        conversions.filter((fact) => fact.period === period),
        (fact) => fact.orderId,
      );
    },
    async *refunds(_programId, _partnerId, period) {
      yield* byTime(
        refunds.filter((fact) => fact.period === period),
        (fact) => fact.refundId,
      );
    },
    firstPurchases: async (_programId, ids) =>
      new Map(
        matured.conversions.flatMap(({ customerId, firstPurchase }) =>
          firstPurchase && ids.includes(customerId)
            ? [[customerId, { at: firstPurchase.at, orderId: firstPurchase.conversionId }] as const]
            : [],
        ),
      ),
    order: async (_programId, orderId) => {
      const conversion = conversions.find((fact) => fact.orderId === orderId);
      return conversion && { conversion, refunds: refunds.filter((fact) => fact.orderId === orderId) };
    },
  };
}

/** A worked case as its services would have stored it, with a way to close its months in order. */
export async function aWorkedCase(vector: VectorCase) {
  const history = historyOf(vector);
  const { zone, partnerId, plans, currency = history.programCurrency } = history;
  const facts = factsOf(history);
  const half = aClosingHalf({
    program: {
      currency: history.programCurrency,
      timeZone: zone.id,
      holdDays: history.holdDays,
      minimumPayoutMinor: history.minimumPayoutMinor,
      booksOpenFrom: history.periods[0]!,
      closedThrough: previousPeriod(history.periods[0]!),
    },
    partners: [
      {
        partnerId,
        agreements: history.agreements.map((term, sequence) => ({
          from: effectiveInstant(term.from, term.closedThrough, zone),
          endsAt: term.endsAt && effectiveInstant(term.endsAt, term.closedThrough, zone),
          afterEnd: term.afterEnd,
          planVersion: term.planVersion,
          sequence,
        })),
        tiers: history.tiers.map((term, sequence) => ({
          from: effectiveInstant(term.from, term.closedThrough, zone),
          tier: term.tier,
          sequence,
        })),
      },
    ],
    plans,
    facts,
  });
  await half.ready();
  const { programId } = half.program;
  for (const fact of history.adjustments) {
    const { adjustmentId, occurredAt, amountMinor } = fact;
    const period = periodOfRefundOrAdjustment(occurredAt, fact.closedThrough, zone);
    await half.money.adjustments.record(programId, {
      adjustmentId,
      occurredAt,
      amountMinor,
      period,
      partnerId,
      currency,
      reason: 'worked case',
      reasonCode: 'other',
      recordedBy: 'person:x',
      recordedAt: occurredAt,
    });
  }
  half.balances.set(partnerId, [{ currency, payableMinor: history.openingBalanceMinor, reservedMinor: 0n }]);

  /** Months close in order: one that a case leaves out is closed too. What is payable is promised to a payout. */
  async function* close(): AsyncGenerator<Period> {
    for (let period = history.periods[0]!; period <= history.periods.at(-1)!; period = nextPeriod(period)) {
      half.time.now = startOfPeriod(nextPeriod(period), zone);
      const run = await half.toDecision(period);
      await half.approve(run, 'person:a');
      await half.approve(run, 'person:b');
      await half.complete({ programId, runId: run.runId });
      const { items } = await half.list({ programId, period, limit: 10 });
      const { closingBalanceMinor, payableMinor } = items.find((statement) => statement.currency === currency)!;
      half.balances.set(partnerId, [
        { currency, payableMinor: closingBalanceMinor + payableMinor, reservedMinor: payableMinor },
      ]);
      yield period;
    }
  }
  return { half, history, facts, close, currency };
}
