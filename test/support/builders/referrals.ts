import type { ConversionRecord, Redemption, RefundRecord } from '#shared/application/referrals/ports';
import type { ClickLine, StoredCode, StoredLink } from '#shared/application/tracking/ports';
import type { Instant, Period } from '#shared/domain/time/instant';

export const JANUARY = '2026-01' as Period;
export const FEBRUARY = '2026-02' as Period;
export const instant = (text: string): Instant => new Date(text).toISOString() as Instant;

export function aConversion(overrides: Partial<ConversionRecord> = {}): ConversionRecord {
  return {
    programId: 'shop',
    orderId: 'o1',
    customerId: 'c1',
    partnerId: 'mira',
    occurredAt: instant('2026-01-15T12:00:00Z'),
    period: JANUARY,
    amountMinor: 10_00n,
    currency: 'GBP',
    refundedMinor: 0n,
    nettedMinor: 0n,
    attribution: {
      touches: [{ kind: 'partner', reference: 'mira', partnerId: 'mira', outcome: 'won' }],
      why: 'named_by_merchant',
    },
    recordedAt: instant('2026-01-15T12:00:01Z'),
    contentHash: 'content of o1',
    ...overrides,
  };
}

export function aRefund(overrides: Partial<RefundRecord> = {}): RefundRecord {
  return {
    programId: 'shop',
    refundId: 'r1',
    orderId: 'o1',
    partnerId: 'mira',
    kind: 'refund',
    occurredAt: instant('2026-01-20T12:00:00Z'),
    period: JANUARY,
    amountMinor: 4_00n,
    currency: 'GBP',
    late: false,
    recordedAt: instant('2026-01-20T12:00:01Z'),
    contentHash: 'content of r1',
    ...overrides,
  };
}

export function aRedemption(overrides: Partial<Redemption> = {}): Redemption {
  return {
    redemptionId: 'rd1',
    programId: 'shop',
    code: 'TA11Y10',
    customerId: 'c1',
    partnerId: 'mira',
    status: 'reserved',
    reservedUntil: instant('2026-01-15T12:30:00Z'),
    limited: false,
    ...overrides,
  };
}

export function aLink(overrides: Partial<StoredLink> = {}): StoredLink {
  return {
    slug: 'spring',
    programId: 'shop',
    partnerId: 'mira',
    destination: 'https://shop.example/landing?ref=1',
    status: 'active',
    linkId: 'request-1',
    createdAt: instant('2026-01-01T00:00:00Z'),
    ...overrides,
  };
}

export function aCode(overrides: Partial<StoredCode> = {}): StoredCode {
  return {
    code: 'TALLY10',
    programId: 'shop',
    partnerId: 'mira',
    description: '10 % off',
    merchantName: 'Corner shop',
    payeeName: 'Mira Makes',
    createdAt: instant('2026-01-01T00:00:00Z'),
    ...overrides,
  };
}

export function aClick(overrides: Partial<ClickLine> = {}): ClickLine {
  return {
    clickId: 'click-1',
    programId: 'shop',
    slug: 'spring',
    at: Date.parse('2026-01-15T12:00:00Z'),
    visitor: 'visitor-1',
    kind: 'human',
    isPaidSearch: false,
    country: undefined,
    subs: [],
    ...overrides,
  };
}
