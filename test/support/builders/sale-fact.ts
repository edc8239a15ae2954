import type { ConversionFact } from '#shared/application/referral-facts';
import { instant, JANUARY } from '#test/support/builders/runs';

/** A sale of 100.00 GBP by p1 in January, as a month reads it. */
export function aSale(orderId: string, overrides: Partial<ConversionFact> = {}): ConversionFact {
  return {
    orderId,
    customerId: `customer-of-${orderId}`,
    partnerId: 'p1',
    occurredAt: instant('2026-01-15T12:00:00Z'),
    period: JANUARY,
    amountMinor: 10_000n,
    currency: 'GBP',
    nettedMinor: 0n,
    refundedMinor: 0n,
    ...overrides,
  };
}
