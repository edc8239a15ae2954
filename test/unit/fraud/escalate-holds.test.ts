import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeEscalateHolds } from '#shared/application/referrals/holds/escalate-holds';
import type { DomainEvent } from '#shared/contracts/events';
import { HELD } from '#shared/domain/fraud/hold';
import { aConversion, instant } from '#test/support/builders/referrals';
import { makeFakeHolds } from '#test/support/fakes/fraud';

const DEADLINE = instant('2026-01-29T12:00:00Z');
const SIGNALS = [{ code: 'velocity', action: 'hold', evidence: '101 sales' }] as const;
const heldSale = (orderId: string, programId = 'shop') =>
  aConversion({ programId, orderId, earnsNothing: HELD, signals: SIGNALS, holdUntil: DEADLINE });

function aHouse({ now = '2026-01-30T00:00:00Z', refuses = 0, programs = ['shop'] } = {}) {
  const holds = makeFakeHolds();
  const events: DomainEvent[] = [];
  const errors: unknown[] = [];
  let refusals = refuses;
  const escalate = makeEscalateHolds({
    holds,
    programs: {
      list: async function* () {
        for (const programId of programs) yield { programId };
      },
    },
    publish: async (sent) => {
      if (refusals-- > 0) return sent;
      events.push(...sent);
      return [];
    },
    clock: () => Date.parse(now),
    digest,
    log: { info() {}, warn() {}, error: (...told: unknown[]) => void errors.push(told) },
  });
  return { holds, events, errors, escalate };
}

describe('a hold past its deadline', () => {
  it('is told and marked once, and waits on', async () => {
    const { holds, events, escalate } = aHouse();
    for (const orderId of ['o1', 'o2']) holds.begin(heldSale(orderId));
    expect(await escalate()).toEqual({ escalated: 2, failed: 0 });
    expect(await escalate()).toEqual({ escalated: 0, failed: 0 });
    expect(events).toMatchObject([{ type: 'holds.escalated', programId: 'shop', orderIds: ['o1', 'o2'] }]);
    expect(holds.known('shop', 'o1')).toMatchObject({ status: 'escalated', escalatedAt: '2026-01-30T00:00:00.000Z' });
    expect(holds.known('shop', 'o1')?.decision).toBeUndefined();
  });

  it('is left alone before', async () => {
    const { holds, events, escalate } = aHouse({ now: '2026-01-29T11:59:59Z' });
    holds.begin(heldSale('o1'));
    expect([await escalate(), events]).toEqual([{ escalated: 0, failed: 0 }, []]);
  });

  it('is told again under the same id when it could not be marked', async () => {
    const { holds, events, escalate } = aHouse();
    holds.begin(heldSale('o1'));
    const mark = holds.escalate;
    let crashes = 1;
    holds.escalate = async (hold, at) => {
      if (crashes-- > 0) throw new Error('the table is away');
      return mark(hold, at);
    };
    expect(await escalate()).toEqual({ escalated: 0, failed: 1 });
    expect(await escalate()).toEqual({ escalated: 1, failed: 0 });
    expect(events.map(({ eventId }) => eventId)).toEqual([events[0]?.eventId, events[0]?.eventId]);
  });

  it('is not marked when the bus takes no notice, and holds up no other programme', async () => {
    const { holds, events, errors, escalate } = aHouse({ refuses: 1, programs: ['shop', 'other-shop'] });
    holds.begin(heldSale('o1'));
    holds.begin(heldSale('o1', 'other-shop'));
    expect(await escalate()).toEqual({ escalated: 1, failed: 1 });
    expect(holds.known('shop', 'o1')?.status).toBe('open');
    expect([events.length, errors.length]).toEqual([1, 1]);
  });
});
