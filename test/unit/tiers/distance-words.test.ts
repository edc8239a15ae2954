import { describe, expect, it } from 'vitest';
import { distanceWords, measureWords } from '#shared/adapters/words/distance-words';
import { LANGUAGES } from '#shared/application/notifications/messages';
import type { Distance } from '#shared/domain/partner/tiers/measures';
import type { TierCondition } from '#shared/domain/partner/tiers/tier-scheme';
import { instant } from '#test/support/builders/partners';

const words = { language: 'en', timeZone: 'Europe/Berlin', currency: 'EUR' } as const;
const distance = (condition: TierCondition, wanted = 1n, found = 0n, by?: string): Distance => {
  return { condition, found, wanted, missing: wanted - found, ...(by === undefined ? {} : { by: instant(by) }) };
};
const referrals = { fact: 'qualified_referrals', atLeast: 20, withinMonths: 12 } as const;
const revenue = { fact: 'partner_revenue', atLeastMinor: 1_000_000n, withinMonths: 1 } as const;
const retention = { fact: 'retention', atLeastBps: 6_000, withinMonths: 12, minimumCustomers: 10 } as const;

describe('the words of a distance', () => {
  it('say how many referrals are missing and until which day of the reader', () => {
    // Midnight in Berlin ends 30 November.
    const left = distance(referrals, 20n, 17n, '2026-11-30T23:00:00Z');
    expect(distanceWords(left, words)).toBe('3 more qualified referrals by 30 November 2026');
    expect(distanceWords(left, { ...words, language: 'de' })).toBe(
      'noch 3 qualifizierte Empfehlungen bis zum 30. November 2026',
    );
    expect(distanceWords(left, { ...words, language: 'es' })).toBe(
      '3 recomendaciones cualificadas más hasta el 30 de noviembre de 2026',
    );
    expect(distanceWords(left, { ...words, language: 'fr' })).toBe(
      '3 recommandations qualifiées de plus d’ici au 30 novembre 2026',
    );
    expect(distanceWords(distance(referrals, 20n, 19n), words)).toBe('1 more qualified referral');
  });

  it('name an amount, a share, a certificate and a confirmation', () => {
    expect(distanceWords(distance(revenue, 1_000_000n, 250_050n), words)).toBe('€7,499.50 more in sales');
    expect(distanceWords(distance(retention, 6_000n, 4_550n), words)).toBe(
      'at least 60% of earlier customers buying again (now 45.5%)',
    );
    expect(distanceWords(distance(retention, 6_000n, 6_000n), words)).toContain('at least 10 earlier customers');
    expect(distanceWords(distance({ fact: 'certification', certification: 'product-basics' }), words)).toBe(
      'the training certificate “product-basics”',
    );
    expect(distanceWords(distance({ fact: 'confirmation', confirmation: 'strategic_fit' }), words)).toContain(
      'strategy',
    );
    expect(distanceWords(distance({ fact: 'confirmation', confirmation: 'audited' }), words)).toContain('“audited”');
  });

  it('say what is there of what is asked for', () => {
    expect(measureWords(distance(referrals, 20n, 17n), words)).toBe('17 of 20 qualified referrals in 12 months');
    expect(measureWords(distance(revenue, 1_000_000n, 250_000n), words)).toBe(
      '€2,500.00 of €10,000.00 in sales in 1 month',
    );
    expect(measureWords(distance(retention, 6_000n, 4_500n), words)).toBe(
      '45% of earlier customers bought again in 12 months (60% needed)',
    );
    expect(measureWords(distance({ fact: 'certification' }), words)).toBe('a training certificate');
  });

  it('leave no gap in any language', () => {
    const conditions: TierCondition[] = [
      { fact: 'terms_accepted' },
      referrals,
      revenue,
      retention,
      { fact: 'certification' },
      { fact: 'certification', certification: 'x' },
      { fact: 'confirmation', confirmation: 'strategic_fit' },
      { fact: 'confirmation', confirmation: 'audited' },
    ];
    for (const language of LANGUAGES) {
      for (const condition of conditions) {
        for (const [wanted, found] of [
          [20n, 0n],
          [1n, 0n],
          [6_000n, 6_000n],
        ] as const) {
          const left = distance(condition, wanted, found, '2026-11-30T12:30:00Z');
          for (const said of [
            distanceWords(left, { ...words, language }),
            measureWords(left, { ...words, language }),
          ]) {
            expect(said).not.toMatch(/[{}#]|undefined|NaN/);
          }
        }
      }
    }
  });
});
