import { describe, expect, it } from 'vitest';
import { bestLink } from '#console/partner-home/share-card';
import { changesOf } from '#console/partner-home/since-card';
import { daysOf, sumsByValue, valueName } from '#functions/console/links/click-days';
import { changeWords, discountWords, withSubIds } from '#functions/console/links/link-words';
import { comparedWith, doneBps, nothingWords, tierName } from '#functions/console/partner-home/home-words';
import { makeFormat } from '#functions/console/web/format';

const format = makeFormat('en-GB', 'Europe/London');

describe('links in words', () => {
  it('carry only the sub-ids that were given, escaped', () => {
    expect(withSubIds('https://go.example/r/a', { sub1: 'a & b', sub2: ' ', sub3: undefined })).toBe(
      'https://go.example/r/a?sub1=a+%26+b',
    );
  });

  it('say what a change did, and that there was nothing before', () => {
    const change = { before: { status: 'active' }, after: { status: 'paused', campaign: 'May' } };
    expect(changeWords(change, format)).toEqual(['state: active to paused', 'campaign: none to May']);
    expect(changeWords({ before: { disabled: true }, after: { disabled: false } }, format)).toEqual([
      'state: disabled to active',
    ]);
  });

  it('say what customers get for a code, in its currency', () => {
    const percent = { kind: 'percent' as const, rateBps: 1_250, capMinor: 500 };
    expect(discountWords({ discount: percent, currency: 'GBP' }, format)).toBe('12.5% off, at most £5.00');
    expect(discountWords({ discount: { kind: 'fixed', amountMinor: 500 }, currency: 'JPY' }, format)).toContain('500');
    expect(discountWords({ discount: { kind: 'free_period', length: 1, unit: 'months' } }, format)).toBe(
      '1 month free',
    );
    expect(discountWords({}, format)).toContain('No discount');
  });
});

describe('clicks by value', () => {
  const of = (value: string | undefined, clicks: number) => ({
    at: '2026-01-01',
    clicks,
    visitors: 1,
    ...(value === undefined ? { isOther: true as const } : { value }),
  });

  it('are added up over the days, the largest first and the others last', () => {
    const sums = sumsByValue([of('mail', 1), of(undefined, 9), of('blog', 3), of('mail', 4)]);
    expect(sums.map((sum) => [valueName(sum), sum.clicks])).toEqual([
      ['mail', 5],
      ['blog', 3],
      ['All others', 9],
    ]);
  });

  it('have every day of their range, also over a change of clocks and months', () => {
    expect(daysOf('2026-02-27', '2026-03-02')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(daysOf('2026-10-24', '2026-10-26')).toHaveLength(3);
  });
});

describe("a partner's home in words", () => {
  it('compares with before without an arrow', () => {
    expect(comparedWith(5, 3, format)).toBe('2 more than before');
    expect(comparedWith(1_000, 3_500, format)).toBe('2,500 fewer than before');
    expect(comparedWith(0, 0, format)).toBe('none before either');
    expect(comparedWith(4, 4, format)).toBe('as many as before');
  });

  it('never shows more than all or less than nothing of a condition', () => {
    expect([doneBps(5, 10), doneBps(50, 10), doneBps(-1, 10), doneBps(1, 3)]).toEqual([5_000, 10_000, 0, 3_333]);
    expect(tierName('programme_partner')).toBe('Programme partner');
    expect(nothingWords({ reason: 'no_value', count: 2, sentence: 'Each earned nothing.' }, format)).toBe(
      '2 sales. Each earned nothing.',
    );
  });

  it('offers the busiest link that leads somewhere', () => {
    const link = (slug: string, clicks: number, status: string) => ({ slug, url: slug, clicks, status });
    expect(bestLink([link('a', 1, 'active'), link('b', 9, 'paused'), link('c', 2, 'active')])?.slug).toBe('c');
    expect(bestLink([link('b', 9, 'paused')])).toBeUndefined();
  });

  it('marks what came since the last visit, and tells a tier once that a notice told', () => {
    const notices = [
      { title: 'You are Certified', text: '', occurredAt: '2026-01-10T10:00:00Z' },
      { title: 'A sale', text: '', occurredAt: '2026-01-02T10:00:00Z' },
    ];
    const tier = (name: string, at: string) => ({ tier: name, recordedAt: at, from: at });
    const tiers = [
      tier('referral', '2026-01-01T00:00:00Z'),
      tier('certified', '2026-01-10T10:00:30Z'),
      tier('premium', '2026-01-12T10:00:00Z'),
    ];
    const changes = changesOf(notices, tiers, Date.parse('2026-01-05T00:00:00Z'), format);
    expect(changes.map(({ title, isNew }) => [title, isNew])).toEqual([
      ['Your tier is Premium from 12 Jan 2026', true],
      ['You are Certified', true],
      ['A sale', false],
    ]);
    expect(changesOf(notices, tiers, undefined, format).some(({ isNew }) => isNew)).toBe(false);
  });
});
