import type { OrderFacts, ReferralFacts, SaleFacts } from '#shared/application/referral-facts';
import { splitAmount } from '#shared/domain/money/split-credit';
import { type Differences, MISSING } from './verify-differences.ts';

/**
 * Passes facts on and holds each split sale that comes by against its parts: what every partner has of the sale and of its
 * refunds follows from the shares, and adds up (shared/domain/README.md, rule 14). Reads an order a split sale.
 */
export function verifySplits(facts: ReferralFacts, differences: Pick<Differences, 'of'>): ReferralFacts {
  const seen = new Set<string>();
  return {
    ...facts,
    async *conversions(programId, partnerId, period) {
      for await (const fact of facts.conversions(programId, partnerId, period)) {
        if (fact.credit && !seen.has(fact.orderId)) {
          seen.add(fact.orderId);
          compareParts(await facts.order(programId, fact.orderId), fact.orderId, differences);
        }
        yield fact;
      }
    },
  };
}

function compareParts(order: OrderFacts | undefined, orderId: string, differences: Pick<Differences, 'of'>): void {
  const compare = differences.of('order', orderId);
  const { credits } = order?.conversion ?? {};
  if (!order || !credits) {
    compare('sale', MISSING, 'split between partners');
    return;
  }
  const sharesBps = credits.map(({ shareBps }) => shareBps);
  const { amountMinor, refundedMinor, nettedMinor } = order.conversion;
  const amounts = splitAmount(amountMinor, sharesBps);
  const refunded = splitAmount(refundedMinor, sharesBps);
  const parts = order.parts ?? [];
  for (const [index, { partnerId }] of credits.entries()) {
    const part = parts.find(({ conversion }) => conversion.partnerId === partnerId);
    const named = `part of ${partnerId}`;
    compare(`${named}, amountMinor`, part?.conversion.amountMinor ?? MISSING, amounts[index]);
    compare(`${named}, refundedMinor`, part?.conversion.refundedMinor ?? MISSING, refunded[index]);
    if (part) compare(`${named}, refunds`, sumOf(part.refunds), part.conversion.refundedMinor);
  }
  compare('parts', parts.length, credits.length);
  compare('parts, nettedMinor', sumOf(parts.map(nettedOf)), nettedMinor);
}

const nettedOf = ({ conversion }: SaleFacts): { readonly amountMinor: bigint } => ({
  amountMinor: conversion.nettedMinor,
});

function sumOf(amounts: readonly { readonly amountMinor: bigint }[]): bigint {
  return amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
