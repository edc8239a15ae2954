import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { isToPause, MIN_FAILURES } from '#shared/domain/webhook/pause';
import {
  backOffSeconds,
  MAX_ATTEMPTS,
  nextDelaySeconds,
  RETRY_DELAYS_SECONDS,
  verdictOf,
} from '#shared/domain/webhook/retries';
import { liveSecrets, MAX_LIVE_SECRETS, rotateSecrets } from '#shared/domain/webhook/secrets';

const NOW_MS = Date.parse('2026-11-22T10:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('the schedule of attempts', () => {
  it('is that of the specification: ten attempts in 75 hours 35 minutes 5 seconds', () => {
    const delays = Array.from({ length: MAX_ATTEMPTS }, (_, made) => nextDelaySeconds(made + 1, {}, 0));
    expect(delays).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, undefined]);
    expect(RETRY_DELAYS_SECONDS.reduce((sum, delay) => sum + delay, 0)).toBe((75 * 60 + 35) * 60 + 5);
  });

  it('is spread by at most a tenth, follows a later Retry-After up to a day, and is never shortened by one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MAX_ATTEMPTS - 1 }),
        fc.option(fc.nat({ max: 10_000_000 }), { nil: undefined }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (made, retryAfterSeconds, random) => {
          const delay = nextDelaySeconds(made, { retryAfterSeconds }, random) ?? 0;
          const wanted = Math.max(RETRY_DELAYS_SECONDS[made - 1]!, Math.min(retryAfterSeconds ?? 0, 86_400));
          expect(delay).toBeGreaterThanOrEqual(wanted);
          expect(delay).toBeLessThanOrEqual(Math.ceil(wanted * 1.1));
        },
      ),
    );
  });

  it.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [301, 'failed'],
    [307, 'failed'],
    [400, 'failed'],
    [410, 'gone'],
    [500, 'failed'],
    [undefined, 'failed'],
  ] as const)('reads %s as %s', (statusCode, verdict) => {
    expect(verdictOf({ statusCode })).toBe(verdict);
  });

  it('lets a receiver recover that is overloaded, and no other', () => {
    expect(backOffSeconds({ isTimeOut: true })).toBe(60);
    expect(backOffSeconds({ statusCode: 502 })).toBe(60);
    expect(backOffSeconds({ statusCode: 429, retryAfterSeconds: 7 })).toBe(7);
    expect(backOffSeconds({ statusCode: 503, retryAfterSeconds: 1e9 })).toBe(86_400);
    expect(backOffSeconds({ statusCode: 500 })).toBeUndefined();
    expect(backOffSeconds({})).toBeUndefined();
  });
});

describe('an endpoint is paused', () => {
  it('after a week without a success and ten failures, and not before', () => {
    fc.assert(
      fc.property(fc.nat({ max: 30 * DAY_MS }), fc.nat({ max: 50 }), (sinceMs, failures) => {
        const paused = isToPause({ failingSinceMs: NOW_MS - sinceMs, failures }, NOW_MS);
        expect(paused).toBe(sinceMs >= 7 * DAY_MS && failures >= MIN_FAILURES);
      }),
    );
  });
});

describe('a rotation of secrets', () => {
  type Secret = { name: string; expiresAt?: Instant | undefined };
  const names = (secrets: readonly Secret[] | undefined) => secrets?.map(({ name }) => name);

  it('lets the old one sign for a day more, and a leaked one no longer', () => {
    const kept = rotateSecrets<Secret>([{ name: 'old' }], { name: 'new' }, { nowMs: NOW_MS, keepHours: 24 });
    expect(kept).toEqual([{ name: 'new' }, { name: 'old', expiresAt: toInstant(NOW_MS + DAY_MS) }]);
    expect(names(liveSecrets(kept ?? [], NOW_MS + DAY_MS - 1))).toEqual(['new', 'old']);
    expect(names(liveSecrets(kept ?? [], NOW_MS + DAY_MS))).toEqual(['new']);
    expect(names(rotateSecrets(kept ?? [], { name: 'third' }, { nowMs: NOW_MS, keepHours: 0 }))).toEqual(['third']);
  });

  it('prolongs no secret, drops those that ended, and is refused while too many live', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -48, max: 48 }), { maxLength: 8 }),
        fc.integer({ min: 0, max: 24 }),
        (hours, keepHours) => {
          const secrets = hours.map((hour) => ({ name: String(hour), expiresAt: toInstant(NOW_MS + hour * HOUR_MS) }));
          const kept = rotateSecrets<Secret>(secrets, { name: 'new' }, { nowMs: NOW_MS, keepHours });
          const live = keepHours === 0 ? 0 : hours.filter((hour) => hour > 0).length;
          if (live >= MAX_LIVE_SECRETS) {
            expect(kept).toBeUndefined();
            return;
          }
          expect(kept).toHaveLength(live + 1);
          for (const { name, expiresAt } of kept?.slice(1) ?? []) {
            expect(toEpochMs(expiresAt!)).toBe(NOW_MS + Math.min(Number(name), keepHours) * HOUR_MS);
          }
        },
      ),
    );
  });
});
