import type { PayoutRuns, StatementReader } from '#shared/application/payouts/ports';
import { factsOfPartner, type ReferralFacts, type RefundFact } from '#shared/application/referral-facts';
import { statementIdOf } from '#shared/domain/ledger/money-ids';
import { type PayoutRun, statementState } from '#shared/domain/run/payout-run';
import type { LateRefund } from '#shared/domain/statement/statement';
import { compareText, type Period } from '#shared/domain/time/instant';
import { inChunks } from './purchases.ts';

/** Refunds looked up at once: each needs its order and the page of the statement that paid it. */
const CHUNK = 16;

export type LateRefunds = (
  partnerId: string,
  refunds: AsyncIterable<RefundFact>,
) => AsyncIterable<{ readonly refund: LateRefund; readonly currency: string }>;

export type LateRefundsDeps = {
  readonly programId: string;
  readonly facts: Pick<ReferralFacts, 'order'>;
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly statements: Pick<StatementReader, 'earnedLines'>;
};

/**
 * Finds for each late refund what it claws back: the lines its conversion earned on the statement that paid it, and the
 * late refunds that came before it, by period, then time, then id (design.md, Commission semantics 10).
 * @throws Error when the order is missing or the period that paid it has no final statement
 */
export function makeLateRefunds(deps: LateRefundsDeps): LateRefunds {
  const { programId } = deps;
  const payingRuns = new Map<Period, Promise<PayoutRun>>();

  const payingRun = async (period: Period): Promise<PayoutRun> => {
    const run = await deps.runs.latestOf(programId, period);
    if (run && statementState(run) === 'final') return run;
    throw new Error(`${period} has no approved run, but a refund in a later period claws back from it`);
  };
  const runOf = (period: Period): Promise<PayoutRun> => {
    const known = payingRuns.get(period);
    if (known) return known;
    const asked = payingRun(period);
    payingRuns.set(period, asked);
    return asked;
  };

  const lookUp = async (partnerId: string, fact: RefundFact): Promise<LateRefund> => {
    const order = await deps.facts.order(programId, fact.orderId);
    if (!order) throw new Error(`refund ${fact.refundId} names order ${fact.orderId}, which is not stored`);
    const { conversion, refunds } = factsOfPartner(order, partnerId);
    // A copy that a closed month keeps of a sale that counts elsewhere since, for another partner or, as it was held, in a later
    // month: it had earned this partner nothing.
    const hasMoved = conversion.partnerId !== partnerId || conversion.period >= fact.period;
    if (hasMoved) return nothingToClawBack(fact);
    const { runId } = await runOf(conversion.period);
    const statementId = statementIdOf(runId, partnerId, conversion.currency);
    return {
      refundId: fact.refundId,
      conversionId: fact.orderId,
      occurredAt: fact.occurredAt,
      amountMinor: fact.amountMinor,
      lateRefundedBeforeMinor: lateBefore(refunds, fact),
      paidBaseMinor: conversion.amountMinor - conversion.nettedMinor,
      earnedLines: await deps.statements.earnedLines(programId, statementId, conversion),
    };
  };

  return async function* find(partnerId, refunds) {
    for await (const chunk of inChunks(refunds, CHUNK)) {
      const found = await Promise.all(chunk.map((fact) => lookUp(partnerId, fact)));
      for (const [index, refund] of found.entries()) {
        yield { refund, currency: (chunk[index] as RefundFact).currency };
      }
    }
  };
}

function nothingToClawBack({ refundId, orderId, occurredAt, amountMinor }: RefundFact): LateRefund {
  const paid = { lateRefundedBeforeMinor: 0n, paidBaseMinor: amountMinor, earnedLines: [] };
  return { refundId, conversionId: orderId, occurredAt, amountMinor, ...paid };
}

function lateBefore(refunds: readonly RefundFact[], fact: RefundFact): bigint {
  return refunds
    .filter((other) => other.late && compareRefunds(other, fact) < 0)
    .reduce((sum, other) => sum + other.amountMinor, 0n);
}

function compareRefunds(a: RefundFact, b: RefundFact): number {
  return (
    compareText(a.period, b.period) || compareText(a.occurredAt, b.occurredAt) || compareText(a.refundId, b.refundId)
  );
}
