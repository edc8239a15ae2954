import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { attributionPart } from '#shared/application/payouts/explain/explain-parts';
import { reattributionParts } from '#shared/application/payouts/explain/explain-reattribution';
import { makeLateRefunds } from '#shared/application/payouts/statements/late-refunds';
import { watchFacts } from '#shared/application/payouts/statements/watch-facts';
import type { RefundFact } from '#shared/application/referral-facts';
import type { Period } from '#shared/domain/time/instant';
import { aConversion, aRefund, FEBRUARY, instant, JANUARY } from '#test/support/builders/referrals';
import { aProgram } from '#test/support/fakes/programs';
import { aReattributionInput, aReferralsHouse, aSaleInput } from '#test/support/referrals-house';

const newHash = () => {
  const hash = createHash('sha256');
  return { update: (text: string) => void hash.update(text), hex: () => hash.digest('hex') };
};

async function digestOf(house: ReturnType<typeof aReferralsHouse>): Promise<string> {
  const { facts, digest } = watchFacts({ facts: house.facts, adjustments: { ofPartner: async () => [] }, newHash });
  for (const partnerId of ['mira', 'noor']) {
    for await (const _ of facts.conversions('shop', partnerId, JANUARY));
    for await (const _ of facts.refunds('shop', partnerId, JANUARY));
  }
  return digest();
}

describe('a run whose sale goes to another partner while it is computed', () => {
  it('is noticed when the facts are counted again', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput({ partnerId: 'mira' }));
    const before = await digestOf(house);
    await house.reattribute(aReattributionInput());
    expect(await digestOf(house)).not.toBe(before);
  });
});

describe("a refund that a closed month keeps of a sale that is another partner's since", () => {
  it('claws nothing back and does not ask for a statement', async () => {
    const order = { conversion: aConversion({ partnerId: 'noor', period: '2026-05' as Period }), refunds: [] };
    const find = makeLateRefunds({
      programId: 'shop',
      facts: { order: async () => order },
      runs: { latestOf: async () => undefined },
      statements: { earnedLines: async () => [] },
    });
    const kept = aRefund({ partnerId: 'mira', period: FEBRUARY, late: true });
    async function* refunds(): AsyncIterable<RefundFact> {
      yield kept;
    }
    for await (const { refund } of find('mira', refunds()))
      expect(refund).toMatchObject({ earnedLines: [], amountMinor: 4_00n, paidBaseMinor: 4_00n });
  });
});

describe('explaining a re-attributed sale', () => {
  const program = aProgram();
  const order = {
    conversion: aConversion({ partnerId: 'noor', period: FEBRUARY, firstPurchasePeriod: JANUARY }),
    refunds: [],
    reattributions: [
      {
        reattributionId: 're1',
        at: instant('2026-02-03T00:00:00Z'),
        by: 'person:manager',
        reason: 'Mira agreed',
        disputeId: 'd1',
        before: { partnerId: 'mira', period: JANUARY },
        after: { partnerId: 'noor', period: FEBRUARY },
      },
    ],
  };

  it('tells staff who had it, who has it and why', () => {
    expect(attributionPart(order, program, undefined).sentence).toContain('The sale belongs to partner mira');
    expect(reattributionParts(order, undefined)[0]?.sentence).toBe(
      'It went to partner noor at 2026-02-03T00:00:00.000Z, because dispute d1 was decided so, "Mira agreed": it counts in 2026-02.',
    );
  });

  it('never tells a partner who had it before, nor the words of staff', () => {
    const told = JSON.stringify([attributionPart(order, program, ['noor']), reattributionParts(order, ['noor'])]);
    expect(told).toContain('d1');
    expect(told.toLowerCase()).not.toContain('mira');
    expect(reattributionParts(order, ['mira'])).toEqual([]);
  });
});
