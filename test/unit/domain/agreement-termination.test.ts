import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import {
  type AgreementVersion,
  agreementStatus,
  customPlanVersion,
  isCustomPlanVersion,
  versionInForce,
} from '#shared/domain/partner/agreement';
import { decideTermination, type TerminationRequest } from '#shared/domain/partner/agreement-termination';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/partners';

const zone = timeZoneOf('Europe/London');
const NOW = instant('2026-06-10T12:00:00Z');
const aVersion = (agreementId: string, from: string, over: Partial<AgreementVersion> = {}): AgreementVersion => ({
  agreementId,
  from: instant(from),
  planVersion: 1,
  sequence: Number(agreementId.slice(1)),
  ...over,
});
const first = aVersion('a1', '2026-01-01T00:00:00Z');
const end = (over: Partial<TerminationRequest> = {}) => {
  const version = over.version ?? first;
  const defaults = { cause: 'breach', at: NOW, isTerminated: false, closedThrough: '2026-04' as Period, zone } as const;
  return decideTermination({ ...defaults, version, versions: [version], ...over });
};

describe('a termination', () => {
  it('for breach or by consent ends at once', () => {
    expect(end()).toEqual({ outcome: 'ends', endsAt: NOW, cancelled: [] });
    expect(end({ cause: 'mutual' })).toMatchObject({ endsAt: NOW });
  });

  it('with an end in a closed month takes effect at the first instant of the first open one', () => {
    expect(end({ endsAt: instant('2026-03-10T00:00:00Z') })).toMatchObject({ endsAt: instant('2026-04-30T23:00:00Z') });
  });

  it('by notice keeps the notice period, and says the earliest end', () => {
    const version = { ...first, noticeDays: 30 };
    const earliestEndsAt = instant('2026-07-10T12:00:00Z');
    expect(end({ version, cause: 'notice' })).toMatchObject({ outcome: 'ends', endsAt: earliestEndsAt });
    const tooEarly = instant('2026-07-10T11:59:59Z');
    expect(end({ version, cause: 'notice', endsAt: tooEarly })).toEqual({ outcome: 'not_then', earliestEndsAt });
    const later = instant('2026-09-01T00:00:00Z');
    expect(end({ version, cause: 'notice', endsAt: later })).toMatchObject({ endsAt: later });
  });

  it('by notice ends at the end of a term only', () => {
    const version = { ...first, termMonths: 12, renewal: 'automatic', noticeDays: 90 } as const;
    const termEnd = instant('2027-01-01T00:00:00Z');
    expect(end({ version, cause: 'notice' })).toMatchObject({ endsAt: termEnd });
    expect(end({ version, cause: 'notice', endsAt: instant('2027-02-01T00:00:00Z') })).toEqual({
      outcome: 'not_then',
      earliestEndsAt: instant('2028-01-01T00:00:00Z'),
    });
  });

  it('cancels the versions that would start later', () => {
    const versions = [first, aVersion('a2', '2026-08-01T00:00:00Z'), aVersion('a3', '2026-09-01T00:00:00Z')];
    expect(end({ versions })).toMatchObject({ outcome: 'ends', cancelled: ['a2', 'a3'] });
  });

  it('of a version that another one replaced, or will before the end, names the other', () => {
    const next = aVersion('a2', '2026-06-01T00:00:00Z');
    expect(end({ versions: [first, next] })).toEqual({ outcome: 'replaced_by', agreementId: 'a2', at: next.from });
    const later = aVersion('a2', '2026-08-01T00:00:00Z');
    expect(end({ versions: [first, later], endsAt: instant('2026-08-02T00:00:00Z') })).toMatchObject({
      outcome: 'replaced_by',
    });
    expect(end({ versions: [first, later], endsAt: later.from })).toMatchObject({ outcome: 'ends', cancelled: ['a2'] });
    const same = aVersion('a2', first.from);
    expect(end({ versions: [first, same] })).toMatchObject({ outcome: 'replaced_by', agreementId: 'a2' });
  });

  it('changes nothing when the version is over by then', () => {
    const version = { ...first, endsAt: instant('2026-06-01T00:00:00Z') };
    expect(end({ version })).toEqual({ outcome: 'ended_before', endsAt: version.endsAt });
  });

  it('may come again only for an earlier end', () => {
    const version = { ...first, endsAt: instant('2026-12-31T00:00:00Z') };
    expect(end({ version, isTerminated: true })).toMatchObject({ outcome: 'ends', endsAt: NOW });
    expect(end({ version, isTerminated: true, endsAt: version.endsAt })).toMatchObject({ outcome: 'ended_before' });
    expect(end({ version, endsAt: version.endsAt })).toMatchObject({ outcome: 'ends', endsAt: version.endsAt });
  });

  it('of a version that has not begun names the one in force, or ends it where it would have started', () => {
    const version = aVersion('a2', '2026-08-01T00:00:00Z');
    expect(end({ version, versions: [first, version] })).toEqual({ outcome: 'not_begun', agreementId: 'a1' });
    expect(end({ version })).toEqual({ outcome: 'ends', endsAt: version.from, cancelled: [] });
    const until = { ...first, endsAt: version.from };
    for (const before of [first, until]) {
      const atItsStart = { version, versions: [before, version], endsAt: version.from };
      expect(end(atItsStart)).toEqual({ outcome: 'not_begun', agreementId: 'a1' });
    }
    const gone = { ...first, endsAt: instant('2026-07-01T00:00:00Z') };
    expect(end({ version, versions: [gone, version] })).toMatchObject({ outcome: 'ends', endsAt: version.from });
  });

  it('of a version that begins this instant ends it as it starts, and leaves the one before replaced', () => {
    const version = aVersion('a2', NOW);
    const before = instant('2026-06-01T00:00:00Z');
    expect(end({ version, versions: [first, version], endsAt: before })).toMatchObject({
      outcome: 'ends',
      endsAt: NOW,
    });
    expect(end({ versions: [first, version], endsAt: before })).toMatchObject({ outcome: 'replaced_by' });
  });

  it('refuses a version that is not one of the partner', () => {
    expect(() => end({ version: aVersion('a9', '2020-01-01T00:00:00Z'), versions: [first] })).toThrow(RangeError);
  });
});

describe('the status of a version', () => {
  const later = aVersion('a2', '2026-08-01T00:00:00Z');
  it.each([
    ['in_force', first, [first, later]],
    ['in_force', { ...first, from: NOW }, [{ ...first, from: NOW }]],
    ['scheduled', later, [first, later]],
    ['replaced', first, [first, aVersion('a2', '2026-06-10T12:00:00Z')]],
    ['replaced', first, [first, aVersion('a2', first.from)]],
    ['ended', { ...first, endsAt: NOW }, [{ ...first, endsAt: NOW }]],
  ] as const)('is %s', (status, version, versions) => {
    expect(agreementStatus(version, versions, NOW)).toBe(status);
  });

  it('finds the version in force', () => {
    expect(versionInForce([first, later], NOW)).toBe(first);
    expect(versionInForce([first, later], later.from)).toBe(later);
  });

  it('numbers custom terms above every published plan', () => {
    expect(customPlanVersion(1)).toBe(1_000_002);
    expect([1_000_000, 1_000_001].map(isCustomPlanVersion)).toEqual([false, true]);
  });
});
