import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clickLine, loggableSub } from '#shared/application/tracking/clicks/click-line';
import type { ClickLine } from '#shared/application/tracking/ports';
import { clickLineSchema } from '#shared/contracts/tracking/click-line';
import { aClick } from '#test/support/builders/referrals';

const NOW = Date.parse('2026-01-15T12:00:00Z');
const LONGEST = {
  clickId: 'x'.repeat(14),
  slug: 's'.repeat(40),
  programId: 'p'.repeat(64),
  at: NOW,
  visitor: 'v'.repeat(11),
};
const words = (characters: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });
const clicks: fc.Arbitrary<ClickLine> = fc.record({
  clickId: fc.constant(LONGEST.clickId),
  slug: words('abcxyz019-', 3, 40),
  programId: words('aZ09._:-', 1, 64),
  at: fc.integer({ min: 0, max: 9_999_999_999_999 }),
  visitor: fc.constantFrom('-', LONGEST.visitor),
  kind: fc.constantFrom('human', 'bot', 'prefetch'),
  isPaidSearch: fc.boolean(),
  country: fc.constantFrom(undefined, 'DE', 'FR'),
  subs: fc.array(fc.string({ unit: 'binary', maxLength: 80 }).map(loggableSub), { maxLength: 5 }),
});
const read = (line: string): ClickLine => clickLineSchema.parse(JSON.parse(line));

describe("a click's log line", () => {
  it('has at most 200 bytes and is read back, whatever the click', () => {
    fc.assert(
      fc.property(clicks, (click) => {
        const line = clickLine(click);
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(200);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const { subs, country, isPaidSearch, ...rest } = read(line);
        expect({ ...click, ...rest }).toEqual(click);
        expect([click.country, undefined]).toContain(country);
        expect(isPaidSearch).toBe(click.isPaidSearch && click.kind === 'human');
        expect(subs.every((sub, index) => click.subs[index]?.startsWith(sub))).toBe(true);
      }),
    );
  });

  it('says with the longest ids still that a machine came, or an advertisement; the country and sub-ids give way', () => {
    const longest = { ...LONGEST, isPaidSearch: true, country: 'DE', subs: ['a', 'b'] };
    const person = clickLine({ ...longest, kind: 'human' });
    expect(read(person)).toMatchObject({ isPaidSearch: true, country: undefined, subs: [] });
    const machine = clickLine({ ...longest, kind: 'prefetch' });
    expect([person.length, machine.length]).toEqual([198, 200]);
    expect(read(machine)).toMatchObject({ kind: 'prefetch' });
  });

  it('cuts a sub-id alike for every click of a link, the later ones first', () => {
    const subs = ['newsletter-of-may-2026', 'top-banner', 'mobile', '', 'blue'];
    const link = { slug: 'spring-sale-two-x', programId: '01J0000000000000000000ABCD', subs };
    const lines = [
      aClick({ ...link, clickId: LONGEST.clickId, at: NOW, visitor: LONGEST.visitor }),
      aClick({ ...link, clickId: LONGEST.clickId, at: NOW, visitor: LONGEST.visitor, kind: 'bot', country: 'DE' }),
    ].map((click) => read(clickLine(click)).subs);
    expect(lines[0]).toEqual(['newsletter-of-may-2026', 'top-banner', 'mobi']);
    expect(lines[1]).toEqual(lines[0]);
  });

  it('leaves out what is not there', () => {
    expect(clickLine(aClick({ subs: ['', ''] }))).toBe(
      `{"type":"click","i":"click-1","s":"spring","p":"shop","t":${NOW},"v":"visitor-1"}\n`,
    );
  });

  it('of an earlier version, without these members, is still read', () => {
    const line = `{"type":"click","i":"click-1","s":"spring","p":"shop","t":${NOW},"v":"visitor-1","k":"b"}`;
    expect(read(line)).toEqual(aClick({ kind: 'bot' }));
  });
});

describe('a sub-id in the log', () => {
  it.each([
    ['news-letter_1.b', 'news-letter_1.b'],
    ['a b"c\n{}', 'a_b_c___'],
    ['x'.repeat(100), 'x'.repeat(32)],
    ['anna@agency.example', ''],
    ['anna%40agency.example', ''],
    ['203.0.113.7', ''],
    ['from-203.0.113.7', ''],
    ['2001:db8::1', ''],
    ['café', 'caf_'],
  ])('%j reads %j', (sub, logged) => {
    expect(loggableSub(sub)).toBe(logged);
  });
});
