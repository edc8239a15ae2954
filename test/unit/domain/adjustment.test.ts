import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  directionOf,
  isAlwaysProposed,
  limitOf,
  roomBefore,
  weighAdjustmentDecision,
} from '#shared/domain/ledger/adjustment';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/runs';

describe('whether an adjustment needs a second person', () => {
  it('never lets the sum in one direction pass the limit, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 500n })), fc.bigInt({ min: 0n, max: 1_000n }), (parts, limit) => {
        let alone = 0n;
        for (const part of parts) {
          const room = roomBefore(part, limit);
          if (room !== undefined && alone <= room) alone += part;
          else expect(alone + part > limit).toBe(true);
        }
        expect(alone <= limit).toBe(true);
      }),
    );
  });

  it('sums additions, takings and write-offs apart, and has a limit of its own for write-offs', () => {
    expect(directionOf({ amountMinor: 1n, reasonCode: 'bonus' })).toBe('added');
    expect(directionOf({ amountMinor: -1n, reasonCode: 'other' })).toBe('taken');
    expect(directionOf({ amountMinor: 1n, reasonCode: 'write_off' })).toBe('written_off');
    expect(limitOf('write_off', { writeOffLimitMinor: 0n })).toBe(0n);
    expect(limitOf('write_off', { adjustmentLimitMinor: 5n, writeOffLimitMinor: 7n })).toBe(7n);
    expect(limitOf('bonus', { adjustmentLimitMinor: 5n, writeOffLimitMinor: 7n })).toBe(5n);
    expect(limitOf('bonus', { writeOffLimitMinor: 0n })).toBeUndefined();
    expect(roomBefore(-10n, 10n)).toBe(0n);
    expect(roomBefore(-11n, 10n)).toBeUndefined();
  });

  it('always does when it is dated ahead where there is a limit, or is for a partner of its maker', () => {
    const now = instant('2026-03-05T00:00:00Z');
    const of = (period: string, occurredAt: string) => ({
      partnerId: 'p1',
      period: period as Period,
      occurredAt: instant(occurredAt),
    });
    const by = { limitMinor: 5n, firstOpen: '2026-03' as Period, now, ownPartners: ['p2'] };
    expect(isAlwaysProposed(of('2026-03', '2026-03-05T00:00:00Z'), by)).toBe(false);
    expect(isAlwaysProposed(of('2026-03', '2026-03-05T00:00:00.001Z'), by)).toBe(true);
    expect(isAlwaysProposed(of('2026-03', '2026-01-05T00:00:00Z'), { ...by, firstOpen: '2026-02' as Period })).toBe(
      true,
    );
    expect(isAlwaysProposed(of('2026-04', '2026-04-05T00:00:00Z'), { ...by, limitMinor: undefined })).toBe(false);
    const own = { ...by, limitMinor: undefined, ownPartners: ['p2', 'p1'] };
    expect(isAlwaysProposed(of('2026-03', '2026-03-05T00:00:00Z'), own)).toBe(true);
  });

  it('is decided once, by somebody else; the same decision again changes nothing', () => {
    const proposal = { status: 'proposed', partnerId: 'p1', recordedBy: 'key:k', onBehalfOf: 'person:maker' } as const;
    const approve = (by: string, ownPartners: readonly string[] = ['p2']) => ({
      decision: 'approve' as const,
      by,
      ownPartners,
    });
    expect(weighAdjustmentDecision(proposal, approve('key:k'))).toBe('own_adjustment');
    expect(weighAdjustmentDecision(proposal, approve('person:maker'))).toBe('own_adjustment');
    expect(weighAdjustmentDecision(proposal, approve('person:a'))).toBe('accepted');
    const decided = { ...proposal, status: 'recorded', decision: approve('person:a') } as const;
    expect(weighAdjustmentDecision(decided, approve('person:a'))).toBe('repeated');
    expect(weighAdjustmentDecision(decided, { decision: 'decline', by: 'person:a', ownPartners: [] })).toBe(
      'not_proposed',
    );
    expect(weighAdjustmentDecision(decided, approve('person:b'))).toBe('not_proposed');
    // Of an adjustment without a key behind it nobody else counts as its maker.
    const byPerson = { status: 'proposed', partnerId: 'p1', recordedBy: 'person:maker' } as const;
    expect(weighAdjustmentDecision(byPerson, approve('person:maker'))).toBe('own_adjustment');
    expect(weighAdjustmentDecision(byPerson, approve('person:a'))).toBe('accepted');
    expect(weighAdjustmentDecision(byPerson, approve('person:a', ['p2', 'p1']))).toBe('own_partner');
  });
});
