import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { hashEmail } from '#shared/application/email-hash';
import { makeFileDispute } from '#shared/application/partners/file-dispute';
import { requirePossible } from '#shared/application/partners/require-remedy';
import { makeReviewTiers } from '#shared/application/partners/review-tiers';
import { makeMeasurePartners } from '#shared/application/partners/tiers/measure-partner';
import { makeReadSales } from '#shared/application/partners/tiers/read-sales';
import { partsOfSale } from '#shared/application/referrals/sales/split-credit';
import type { Period } from '#shared/domain/time/instant';
import { aDispute } from '#test/support/builders/disputes';
import { acme, aProfile, aStanding, instant } from '#test/support/builders/partners';
import { aConversion } from '#test/support/builders/referrals';
import { makeFakeDisputes } from '#test/support/fakes/disputes';
import { makeMemoryPartners } from '#test/support/fakes/partner-store';
import { makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { makeFakeTierFacts, makeMemoryMemos, makeMemoryReviews } from '#test/support/fakes/tier-reviews';
import { makeFakeTierSchemes } from '#test/support/fakes/tier-schemes';

const MARCH = '2026-03' as Period;
const OCCURRED = instant('2026-02-01T12:00:00Z');
const certified = {
  certificationId: 'c1',
  certification: 'basics',
  certifiedAt: instant('2026-01-10T00:00:00Z'),
  recordedAt: instant('2026-01-10T00:00:00Z'),
  recordedBy: 'person:manager',
};

async function soldTogether(count: number) {
  const referrals = makeFakeReferrals();
  for (let index = 0; index < count; index += 1) {
    const orderId = `o${index}`;
    const sale = aConversion({
      programId: 'acme',
      orderId,
      customerId: `c${index}`,
      partnerId: undefined,
      occurredAt: OCCURRED,
      period: MARCH,
      credits: [
        { partnerId: 'buyer', shareBps: 2_000, earnsNothing: 'self_referral' },
        { partnerId: 'mira', shareBps: 2_000 },
        { partnerId: 'noor', shareBps: 6_000 },
      ],
    });
    const first = { period: MARCH, occurredAt: OCCURRED, conversionId: orderId };
    await referrals.conversions.add(sale, { first }, partsOfSale(sale));
  }
  return referrals;
}

describe('the tier review', () => {
  it('counts a split first purchase for each of its partners that may earn on it', async () => {
    const referrals = await soldTogether(25);
    const partners = makeMemoryPartners();
    for (const partnerId of ['buyer', 'mira', 'noor'])
      await partners.store.enrol(
        aStanding({ partnerId, certifications: [certified] }),
        aProfile({ partnerId }),
        undefined,
      );
    const programs = makeFakePrograms(acme({ closedThrough: '2026-02' as Period }));
    const readSales = makeReadSales({ facts: makeFakeTierFacts(referrals), memos: makeMemoryMemos() });
    const review = makeReviewTiers({
      partners: partners.store,
      programs,
      schemes: makeFakeTierSchemes(),
      plans: { get: async () => undefined },
      measurePartners: makeMeasurePartners({
        programs,
        readSales,
        finalMonths: async () => undefined,
        clock: () => Date.parse('2026-04-01T02:00:00Z'),
      }),
      reviews: makeMemoryReviews(),
      clock: () => Date.parse('2026-04-01T02:00:00Z'),
      log: { warn: () => {} } as never,
    });
    const { counts } = await review({ programId: 'acme', asOf: instant('2026-03-31T22:00:00Z') });
    expect(counts.promoted).toBe(2);
    expect((await partners.store.standing('acme', 'buyer'))?.tiers).toHaveLength(1);
  });
});

describe('a dispute about a split sale', () => {
  const programs = makeFakePrograms(acme());
  const standing = async () => ({}) as never;
  const profile = async (_programId: string, partnerId: string) =>
    ({ emailHash: hashEmail(digest, `${partnerId}@partners.example`) }) as never;

  it.each([
    ['mira', 'mira'],
    ['zoe', undefined],
  ])('says that the order is the part of %s: %s', async (partnerId, orderPartnerId) => {
    const { facts: orders } = await soldTogether(1);
    const file = makeFileDispute({
      disputes: makeFakeDisputes(),
      partners: { standing },
      programs,
      orders,
      clock: () => 0,
    });
    const claim = {
      kind: 'incorrect' as const,
      statement: 'More was mine.',
      evidence: [],
      by: 'person:x',
      isStaff: false,
    };
    const dispute = await file({ programId: 'acme', disputeId: 'd1', orderId: 'o0', partnerId, ...claim });
    expect([dispute.order, dispute.orderPartnerId]).toEqual(['recorded', orderPartnerId]);
  });

  it('is made good by an adjustment, never by giving the sale away', async () => {
    const { facts: orders } = await soldTogether(1);
    const deps = { orders, programs, partners: { profile }, disputes: makeFakeDisputes(), digest };
    const dispute = aDispute({ orderId: 'o0', partnerId: 'zoe' });
    await expect(requirePossible(deps, dispute, { kind: 'reattribution' })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('Send an adjustment as the remedy instead'),
      extra: { reason: 'split_sale' },
    });
    await requirePossible(deps, dispute, { kind: 'adjustment', amountMinor: 5_00n, currency: 'GBP' });
  });
});
