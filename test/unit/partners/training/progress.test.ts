import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { certificationEnd, isCertificationHeld } from '#shared/domain/partner/certification';
import { certificateExpiry, certificateStatus, renewableFrom } from '#shared/domain/partner/training/certificate';
import {
  attemptsLeft,
  countTry,
  isComplete,
  markDone,
  minutesLeft,
  nextModule,
  progressPercent,
  startRound,
} from '#shared/domain/partner/training/progress';
import { aCourse, aModule } from '#test/support/builders/courses';
import { instant } from '#test/support/builders/partners';

const BERLIN = timeZoneOf('Europe/Berlin');
const AT = instant('2026-03-01T09:00:00Z');
const three = aCourse({ modules: [aModule('one'), aModule('two'), aModule('three')] });
const begun = startRound(undefined, { courseId: 'basics', version: 2, content: three }, AT);

describe('progress in a course', () => {
  it('is in whole per cent, complete at 100 alone, and knows what is next in whatever order modules are done', () => {
    expect([progressPercent(begun), minutesLeft(begun), nextModule(begun)?.moduleId]).toEqual([0, 30, 'one']);
    const two = markDone(markDone(begun, 'three', AT), 'one', AT);
    expect([progressPercent(two), minutesLeft(two), nextModule(two)?.moduleId]).toEqual([66, 10, 'two']);
    expect(isComplete(two)).toBe(false);
    const all = markDone(two, 'two', AT);
    expect([progressPercent(all), isComplete(all), nextModule(all)]).toEqual([100, true, undefined]);
    expect(markDone(all, 'two', instant('2026-04-01T00:00:00Z'))).toBe(all);
  });

  it('begins the next round after a completed one, the same one anew otherwise, and never with more attempts a day', () => {
    const tried = { ...countTry(begun, 'one', AT, BERLIN), done: [{ moduleId: 'two', at: AT }] };
    const anew = startRound(tried, { courseId: 'basics', version: 3, content: three }, AT);
    expect(anew).toMatchObject({ round: 1, courseVersion: 3, done: [], attempts: 1, tries: tried.tries });
    const again = startRound({ ...tried, completedAt: AT }, { courseId: 'basics', version: 3, content: three }, AT);
    expect(again).toMatchObject({ round: 2, done: [], attempts: 1, tries: tried.tries });
    expect(again).not.toHaveProperty('completedAt');
  });
});

describe('attempts', () => {
  it("are counted by days of the programme's wall clock", () => {
    const limit = { moduleId: 'one', attemptsPerDay: 2 };
    const late = instant('2026-03-01T22:30:00Z');
    const used = countTry(countTry(begun, 'one', AT, BERLIN), 'one', late, BERLIN);
    expect(attemptsLeft(begun, limit, AT, BERLIN)).toEqual({ leftToday: 2 });
    expect(attemptsLeft(used, limit, late, BERLIN)).toEqual({ leftToday: 0, nextAt: instant('2026-03-01T23:00:00Z') });
    expect(attemptsLeft(used, limit, instant('2026-03-01T23:00:00Z'), BERLIN)).toEqual({ leftToday: 2 });
    expect(attemptsLeft(used, { ...limit, moduleId: 'two' }, late, BERLIN)).toEqual({ leftToday: 2 });
    expect(used.attempts).toBe(2);
  });

  it('begin again at the first instant of a day that a clock change shortens', () => {
    const used = countTry(begun, 'one', instant('2026-03-28T12:00:00Z'), BERLIN);
    const limit = { moduleId: 'one', attemptsPerDay: 1 };
    expect(attemptsLeft(used, limit, instant('2026-03-28T12:00:00Z'), BERLIN).nextAt).toBe(
      instant('2026-03-28T23:00:00Z'),
    );
    const sunday = countTry(begun, 'one', instant('2026-03-29T12:00:00Z'), BERLIN);
    expect(attemptsLeft(sunday, limit, instant('2026-03-29T12:00:00Z'), BERLIN).nextAt).toBe(
      instant('2026-03-29T22:00:00Z'),
    );
  });
});

describe('a certificate', () => {
  const held = { certifiedAt: instant('2026-03-01T09:00:00Z'), expiresAt: instant('2027-03-01T09:00:00Z') };

  it('counts for calendar months on the wall clock, and a renewal from the end of the one it renews', () => {
    expect(certificateExpiry(undefined, AT, undefined, BERLIN)).toBeUndefined();
    // 10:00 on the wall in winter and in summer.
    expect(certificateExpiry(6, AT, undefined, BERLIN)).toBe(instant('2026-09-01T08:00:00Z'));
    expect(certificateExpiry(1, instant('2026-01-31T09:00:00Z'), undefined, BERLIN)).toBe(
      instant('2026-02-28T09:00:00Z'),
    );
    const early = instant('2027-02-01T12:00:00Z');
    expect(certificateExpiry(12, early, held, BERLIN)).toBe(instant('2028-03-01T09:00:00Z'));
    const late = instant('2027-04-01T12:00:00Z');
    expect(certificateExpiry(12, late, held, BERLIN)).toBe(instant('2028-04-01T12:00:00Z'));
    expect(certificateExpiry(12, early, { ...held, revokedAt: AT }, BERLIN)).toBe(instant('2028-02-01T12:00:00Z'));
  });

  it('is renewed in its last 90 days, never in the first half of its time, at once when it was revoked', () => {
    expect(renewableFrom(held, BERLIN)).toBe(instant('2026-12-01T09:00:00Z'));
    const short = { certifiedAt: instant('2026-03-01T00:00:00Z'), expiresAt: instant('2026-03-31T00:00:00Z') };
    expect(renewableFrom(short, BERLIN)).toBe(instant('2026-03-16T00:00:00Z'));
    expect(renewableFrom({ certifiedAt: AT }, BERLIN)).toBeUndefined();
    expect(renewableFrom({ certifiedAt: AT, revokedAt: instant('2026-04-01T00:00:00Z') }, BERLIN)).toBe(
      instant('2026-04-01T00:00:00Z'),
    );
  });

  it('counts from its start until it expires or is revoked, whichever comes first', () => {
    const before = instant('2026-03-01T08:59:59.999Z');
    const during = instant('2027-03-01T08:59:59.999Z');
    const statuses = (term: Parameters<typeof certificateStatus>[0]) =>
      [before, AT, during, held.expiresAt].map((at) => [isCertificationHeld(term, at), certificateStatus(term, at)]);
    expect(statuses(held)).toEqual([
      [false, 'not_yet'],
      [true, 'valid'],
      [true, 'valid'],
      [false, 'expired'],
    ]);
    const revoked = { ...held, revokedAt: during };
    expect(statuses(revoked)).toEqual([
      [false, 'not_yet'],
      [true, 'valid'],
      [false, 'revoked'],
      [false, 'revoked'],
    ]);
    expect(certificationEnd(revoked)).toBe(during);
    expect(certificationEnd({ ...held, revokedAt: instant('2028-01-01T00:00:00Z') })).toBe(held.expiresAt);
    expect(certificationEnd({ certifiedAt: AT })).toBeUndefined();
  });
});
