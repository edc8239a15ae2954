import { describe, expect, it } from 'vitest';
import { progressAnswer } from '#functions/partners/tiers/progress-answer';
import { progressWords } from '#shared/adapters/words/progress-words';
import { LANGUAGES } from '#shared/application/notifications/messages';
import type { Standing } from '#shared/application/partners/ports';
import { makeReadTierProgress } from '#shared/application/partners/tiers/read-tier-progress';
import { tierProgressSchema } from '#shared/contracts/partners/tiers/get-tier-progress';
import { progressOf } from '#shared/domain/partner/tiers/progress';
import { DEFAULT_TIER_SCHEME } from '#shared/domain/partner/tiers/tier-scheme';
import { instant } from '#test/support/builders/partners';
import { aScheme, found, measuresOf } from '#test/support/builders/tiers';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeTierSchemes } from '#test/support/fakes/tier-schemes';

const NOW = instant('2026-11-15T12:00:00Z');
const recorded = { recordedAt: instant('2026-01-01T00:00:00Z'), recordedBy: 'person:ada', reason: 'Joined' };
const term = (sequence: number, tier: string, from: string, over: object = {}) => ({
  ...{ tierTermId: `t${sequence}`, tier, from: instant(from), sequence, source: 'review' as const },
  ...recorded,
  ...over,
});
const warning = {
  ...{ warningId: 'w1', tier: 'certified', to: 'referral', told: [], sequence: 2 },
  ...{ warnedAt: instant('2026-11-01T00:00:00Z'), endsAt: instant('2026-12-31T23:00:00Z') },
};

function house(
  over: Partial<Standing> = {},
  there: Parameters<typeof found>[0] = {},
  ratesByTier: Record<string, number> = { certified: 1_500, premium: 2_000 },
) {
  const asked: { version: number | undefined; asOf: string }[] = [];
  const agreement = { agreementId: 'a1', from: instant('2026-01-01T00:00:00Z'), sequence: 1, planVersion: 1 };
  const standing = {
    ...{ programId: 'acme', partnerId: 'p1', certifications: [], agreements: [{ ...agreement, ...recorded }] },
    tiers: [
      term(1, 'referral', '2026-01-01T00:00:00Z', { source: 'enrolment' }),
      term(2, 'certified', '2026-03-01T00:00:00Z'),
    ],
    ...over,
  } as unknown as Standing;
  const read = makeReadTierProgress({
    partners: {
      standing: async (_programId, partnerId) => (partnerId === 'p1' ? standing : undefined),
      components: async () => [],
    },
    programs: makeFakePrograms(aProgram({ programId: 'acme', timeZone: 'Europe/Berlin', currency: 'EUR' })),
    schemes: makeFakeTierSchemes({
      ...{ programId: 'acme', version: 1, scheme: aScheme({ nudgeFromBps: 9_999 }) },
      recorded: { at: instant('2026-11-10T00:00:00Z'), by: 'person:ada', reason: 'More' },
    }),
    plans: {
      get: async (_programId, version) => ({
        version,
        components: [{ kind: 'revenue_share', id: 'share', ratesByTier }],
      }),
    },
    measure: async (_standing, scheme, asOf) => {
      asked.push({ version: scheme.nudgeFromBps, asOf });
      return measuresOf(found(there), undefined, asOf);
    },
    clock: () => Date.parse(NOW),
  });
  return {
    asked,
    read: (asOf?: string) => read({ programId: 'acme', partnerId: 'p1', asOf: asOf ? instant(asOf) : undefined }),
    wrong: () => read({ programId: 'acme', partnerId: 'p2' }),
  };
}

const almost = { terms_accepted: 1, certification: 1, qualified_referrals: 17 };

describe("reading a partner's progress", () => {
  it('measures it now by the newest tiers, and says what both tiers pay by its own plan', async () => {
    const { read, asked } = house({}, almost);
    const view = await read();
    expect(view).toMatchObject({ asOf: NOW, schemeVersion: 1, ratesBps: { current: [1_500], next: [2_000] } });
    expect(view.progress?.next?.isWithinReach).toBe(false);
    expect(asked).toEqual([{ version: 9_999, asOf: NOW }]);
  });

  it('measures it as of an instant by the tiers and the history of that instant', async () => {
    const { read, asked } = house({}, almost);
    const before = await read('2026-11-09T00:00:00Z');
    expect(before).toMatchObject({ schemeVersion: 0, progress: { next: { isWithinReach: true } } });
    expect((await read('2026-02-01T00:00:00Z')).progress).toMatchObject({ tier: 'referral', heldBy: 'person' });
    expect((await read('2025-02-01T00:00:00Z')).progress).toBeUndefined();
    // What is to come is not known: that is now.
    expect((await read('2030-01-01T00:00:00Z')).asOf).toBe(NOW);
    expect(asked.map(({ asOf }) => asOf)).toEqual(['2026-11-09T00:00:00.000Z', '2026-02-01T00:00:00.000Z', NOW]);
  });

  it('tells of a tier that begins later, and of the end of what a person decided', async () => {
    const later = term(3, 'premium', '2026-12-01T00:00:00Z');
    const until = instant('2027-01-01T00:00:00Z');
    const byPerson = term(2, 'certified', '2026-03-01T00:00:00Z', { source: 'person', until });
    const view = await house({ tiers: [term(1, 'referral', '2026-01-01T00:00:00Z'), byPerson, later] }).read();
    expect(view).toMatchObject({
      progress: { tier: 'certified', heldBy: 'person' },
      heldUntil: until,
      upcoming: { tier: 'premium', from: '2026-12-01T00:00:00.000Z' },
    });
  });

  it('says that the next tier waits for the plan, which names no share for it', async () => {
    const full = { terms_accepted: 1, certification: 1, qualified_referrals: 20, confirmation: 1 };
    const view = await house({}, full, { certified: 1_500 }).read();
    const answer = tierProgressSchema.parse(JSON.parse(JSON.stringify(progressAnswer(view, 'en'))));
    expect(answer).toMatchObject({
      next: { tier: 'premium', waitsFor: 'plan', distances: [], ratesBps: [] },
      summary: 'Everything that Premium asks for is met. The programme has to add the tier to your plan first.',
    });
    const near = await house({}, { ...full, confirmation: 0 }, { certified: 1_500 }).read();
    for (const language of LANGUAGES) {
      expect(progressAnswer(near, language).summary).not.toBe(progressAnswer(view, language).summary);
    }
    const waiting = (await house({}, full).read()).progress?.next?.waitsFor;
    expect(waiting).toBeUndefined();
  });

  it('leads with what is missing for a tier that a person gave until an end', async () => {
    const until = instant('2026-12-31T23:00:00Z');
    const byPerson = (tier: string, over: object = {}) =>
      term(3, tier, '2026-10-01T00:00:00Z', { source: 'person', until, ...over });
    const enrolled = term(1, 'referral', '2026-01-01T00:00:00Z', { source: 'enrolment' });
    const there = { terms_accepted: 1, certification: 1, qualified_referrals: 4 };
    const held = await house({ tiers: [enrolled, byPerson('certified')] }, there).read();
    expect(progressAnswer(held, 'en')).toMatchObject({
      heldUntil: until,
      keeps: { unmet: [{ missing: 1, by: until }] },
    });
    expect(progressAnswer(held, 'en').summary).toMatch(
      /^The programme holds the tier Certified for you until 31 December 2026\. To keep it after that, this is missing: 1 more qualified referral\. /,
    );
    const own = { ...warning, sequence: 3, endsAt: until };
    const warned = await house({ tiers: [enrolled, byPerson('certified')], tierWarning: own as never }, there).read();
    expect(progressAnswer(warned, 'en').summary).toMatch(
      /^To keep the tier Certified beyond 31 December 2026 .* missing: 1 more/,
    );
    const kept = await house({ tiers: [enrolled, byPerson('certified')] }, { ...there, qualified_referrals: 5 }).read();
    expect(progressAnswer(kept, 'en').summary).toMatch(/^Still missing for Premium/);
  });

  it('says that a person decides about whom one has lowered, and until when', async () => {
    const before = term(1, 'premium', '2026-01-01T00:00:00Z', { source: 'enrolment' });
    const lowered = (over: object = {}) => term(2, 'certified', '2026-10-01T00:00:00Z', { source: 'person', ...over });
    const full = { terms_accepted: 1, certification: 1, qualified_referrals: 20, confirmation: 1 };
    const forGood = await house({ tiers: [before, lowered()] }, full).read();
    expect(progressAnswer(forGood, 'en')).toMatchObject({
      isLowered: true,
      summary: 'A person of the programme has set your tier, and decides when you move up to Premium.',
    });
    const until = instant('2026-12-31T23:00:00Z');
    const forATime = await house({ tiers: [before, lowered({ until })] }, full).read();
    expect(progressAnswer(forATime, 'en').summary).toContain('until 31 December 2026');
    for (const language of LANGUAGES) {
      const said = [forGood, forATime].map((view) => progressAnswer(view, language).summary);
      expect(new Set(said).size).toBe(2);
      for (const sentence of said) expect(sentence).not.toMatch(/[{}#]|undefined/);
    }
  });

  it('knows no other partner', async () => {
    await expect(house().wrong()).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is answered in numbers and in the words of a language, as the contract has it', async () => {
    const view = await house(
      { tierWarning: warning },
      { terms_accepted: 1, certification: 1, qualified_referrals: 4 },
    ).read();
    const answer = tierProgressSchema.parse(JSON.parse(JSON.stringify(progressAnswer(view, 'en'))));
    expect(answer).toMatchObject({
      tier: 'certified',
      warning: { to: 'referral', endsAt: '2026-12-31T23:00:00.000Z' },
      keeps: { unmet: [{ missing: 1, words: '1 more qualified referral by 31 December 2026' }] },
      next: {
        tier: 'premium',
        isReached: false,
        distances: [{ found: 4, wanted: 20, missing: 16 }, {}],
      },
    });
    expect(answer.summary).toMatch(
      /^To keep the tier Certified beyond 31 December 2026 instead of moving to Referral, this is missing: 1 more qualified referral\. Still missing for Premium: /,
    );
    expect(progressAnswer(await house({ tiers: [] }).read(), 'en')).toMatchObject({ summary: 'There is no tier yet.' });
  });

  it('leaves no gap in any language, wherever a partner stands', () => {
    const endsAt = instant('2026-12-31T23:00:00Z');
    const at = (tier: string, there: Parameters<typeof found>[0], isWarned = false) =>
      progressOf(
        DEFAULT_TIER_SCHEME,
        { tier, ...(isWarned ? { warning: { to: 'referral', endsAt } } : {}) },
        measuresOf(found(there)),
      );
    const full = { ...almost, qualified_referrals: 20, confirmation: 1 };
    const cases = [
      at('certified', almost),
      at('certified', full),
      at('certified', full, true),
      at('certified', {}, true),
      at('premium', full),
      at('strategic', {}),
      at('own', {}),
    ];
    for (const language of LANGUAGES) {
      const said = cases.map((progress) =>
        progressWords(progress, { language, timeZone: 'Europe/Berlin', currency: 'EUR' }),
      );
      expect(new Set(said).size).toBe(cases.length);
      for (const sentence of said) expect(sentence).not.toMatch(/[{}#]|undefined/);
    }
    expect(progressWords(cases[0], { language: 'de', timeZone: 'Europe/Berlin', currency: 'EUR' })).toBe(
      'Für Premium fehlt: noch 3 qualifizierte Empfehlungen und die Bestätigung des Programms, dass Sie zu seiner Strategie passen.',
    );
  });
});
