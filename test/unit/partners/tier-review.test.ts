import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import {
  DEFAULT_TIERS,
  type HeldCertification,
  isQualifyingSale,
  openRungs,
  promotion,
  reviewWindow,
} from '#shared/domain/partner/tier-review';
import { instant } from '#test/support/builders/partners';

const AS_OF = instant('2026-07-01T12:00:00Z');
const held = (certification: string, expiresAt?: string): HeldCertification => ({
  certification,
  certifiedAt: instant('2026-01-01T00:00:00Z'),
  expiresAt: expiresAt === undefined ? undefined : instant(expiresAt),
});
const open = (current: string, ...certifications: HeldCertification[]): string[] =>
  openRungs(DEFAULT_TIERS, current, certifications, AS_OF).map(({ tier }) => tier);
const reached = (count: number, current: string, ...certifications: HeldCertification[]): string | undefined =>
  promotion(openRungs(DEFAULT_TIERS, current, certifications, AS_OF), count)?.tier;

describe('a tier review', () => {
  it('opens no rung without a certification', () => {
    expect(open('referral')).toEqual([]);
  });

  it('opens the next rung to a certified partner and no rung above one that stays shut', () => {
    expect(open('referral', held('basics'))).toEqual(['certified']);
    expect(open('referral', held('strategic_fit'))).toEqual([]);
    expect(open('referral', held('basics'), held('strategic_fit'))).toEqual(['certified', 'premium']);
  });

  it("does not take a manager's confirmation for a training, nor a training for the confirmation", () => {
    expect(open('certified', held('basics'))).toEqual([]);
    expect(open('certified', held('strategic_fit'))).toEqual(['premium']);
  });

  it('counts a certification from its first instant to before its last', () => {
    expect(open('referral', held('basics', '2026-07-01T12:00:00Z'))).toEqual([]);
    expect(open('referral', held('basics', '2026-07-01T12:00:00.001Z'))).toEqual(['certified']);
    expect(open('referral', { certification: 'basics', certifiedAt: AS_OF })).toEqual(['certified']);
    const tomorrow = instant('2026-07-02T00:00:00Z');
    expect(open('referral', { certification: 'basics', certifiedAt: tomorrow })).toEqual([]);
  });

  it('leads nobody to an invitation and nobody away from one or from a tier of their own', () => {
    const all = [held('basics'), held('strategic_fit')];
    expect(open('premium', ...all)).toEqual([]);
    expect(open('strategic', ...all)).toEqual([]);
    expect(open('house-account', ...all)).toEqual([]);
  });

  it('promotes at the fifth qualified referral, not at the fourth', () => {
    expect(reached(4, 'referral', held('basics'))).toBeUndefined();
    expect(reached(5, 'referral', held('basics'))).toBe('certified');
  });

  it('promotes over two rungs at once when both are reached', () => {
    expect(reached(19, 'referral', held('basics'), held('strategic_fit'))).toBe('certified');
    expect(reached(20, 'referral', held('basics'), held('strategic_fit'))).toBe('premium');
  });
});

describe('a qualifying sale', () => {
  const london = timeZoneOf('Europe/London');
  const window = reviewWindow(AS_OF, 30, london);
  const sale = { occurredAt: instant('2026-03-01T12:00:00Z'), amountMinor: 100n, refundedMinor: 0n };
  const at = (text: string): boolean => isQualifyingSale({ ...sale, occurredAt: instant(text) }, window);

  it('counts once its hold has passed on the wall clock', () => {
    expect(at('2026-06-01T12:00:00Z')).toBe(true);
    expect(at('2026-06-01T12:00:00.001Z')).toBe(false);
  });

  it('counts over a clock change by the wall clock', () => {
    const spring = reviewWindow(instant('2026-04-01T11:00:00Z'), 30, london);
    expect(isQualifyingSale({ ...sale, occurredAt: instant('2026-03-02T12:00:00Z') }, spring)).toBe(true);
    expect(isQualifyingSale({ ...sale, occurredAt: instant('2026-03-02T12:00:00.001Z') }, spring)).toBe(false);
  });

  it('counts while it is less than twelve calendar months old', () => {
    expect(at('2025-07-01T12:00:00Z')).toBe(false);
    expect(at('2025-07-01T12:00:00.001Z')).toBe(true);
  });

  it('counts while anything of it is left', () => {
    expect(isQualifyingSale({ ...sale, refundedMinor: 99n }, window)).toBe(true);
    expect(isQualifyingSale({ ...sale, refundedMinor: 100n }, window)).toBe(false);
    expect(isQualifyingSale({ ...sale, amountMinor: 0n }, window)).toBe(false);
  });

  it('does not count when it earns nothing, such as a self-referral', () => {
    expect(isQualifyingSale({ ...sale, earnsNothing: 'self_referral' }, window)).toBe(false);
  });
});
