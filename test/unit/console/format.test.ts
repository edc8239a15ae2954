import { describe, expect, it } from 'vitest';
import { localeOf, makeFormat } from '#functions/console/web/format';

/** Spaces that do not break are written as plain ones here. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('how the console writes numbers and times', () => {
  it.each([
    ['de-DE,de;q=0.9', 'de-DE'],
    ['fr', 'fr'],
    ['en-US', 'en-US'],
    ['*', 'en-GB'],
    ['', 'en-GB'],
    ['<script>', 'en-GB'],
    [undefined, 'en-GB'],
  ])('reads %j as %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });

  it('writes amounts exactly, also beyond what a number holds', () => {
    const format = makeFormat('en-GB', 'Europe/London');
    expect(format.amount(90_071_992_547_409_931n, 'GBP')).toBe('£900,719,925,474,099.31');
    expect(format.amount(-5, 'EUR')).toBe('-€0.05');
    expect(format.amount(1234, 'JPY')).toBe('JP¥1,234');
    expect(format.change(0, 'GBP')).toBe('£0.00');
    expect(format.change(150, 'GBP')).toBe('+£1.50');
  });

  it('writes amounts and days as in the region of the reader', () => {
    const german = makeFormat(localeOf('de-DE'), 'Europe/Berlin');
    expect(plain(german.amount(123_450, 'EUR'))).toBe('1.234,50 €');
    const american = makeFormat(localeOf('en-US'), 'Europe/Berlin');
    expect(american.day('2026-11-22T12:00:00Z')).toBe('Nov 22, 2026');
    expect(german.day('2026-11-22T12:00:00Z')).toBe('22 Nov 2026');
    expect(makeFormat('fr', 'UTC').day('2026-11-22T12:00:00Z')).toBe('22 Nov 2026');
    expect(plain(makeFormat('ar-EG', 'UTC').count(1234))).toMatch(/1.234/);
  });

  it('shows the day and the time of the programme, wherever the reader is', () => {
    const tokyo = makeFormat('en-GB', 'Asia/Tokyo');
    expect(tokyo.day('2026-11-22T20:00:00Z')).toBe('23 Nov 2026');
    expect(tokyo.isoDay('2026-11-22T20:00:00Z')).toBe('2026-11-23');
    expect(tokyo.moment('2026-11-22T20:00:00Z')).toContain('05:00');
  });

  it('writes a month as a month, in whatever zone', () => {
    expect(makeFormat('en-GB', 'America/Los_Angeles').period('2026-11')).toBe('November 2026');
  });

  it('writes rates with the decimals they have', () => {
    const format = makeFormat('en-GB', 'UTC');
    expect([0, 1, 1250, 10_000].map((bps) => format.percent(bps))).toEqual(['0%', '0.01%', '12.5%', '100%']);
  });

  it('says how near something is', () => {
    const format = makeFormat('en-GB', 'UTC');
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(format.relative('2026-11-20T11:00:00Z', now)).toBe('2 days ago');
    expect(format.relative('2026-11-22T14:30:00Z', now)).toBe('in 2 hours');
    expect(format.relative(now, now)).toBe('this minute');
  });
});
