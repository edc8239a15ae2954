import { describe, expect, it } from 'vitest';
import { makeReadNextTier, type ReadNextTier } from '#shared/application/notifications/telling/read-next-tier';
import { makeTellTiers } from '#shared/application/notifications/telling/tell-tiers';
import type { TierChange } from '#shared/application/partners/ports';
import { tierChangedEvent, tierStepEvents } from '#shared/application/partners/publish-partner-events';
import type { TierStep } from '#shared/application/partners/tiers/tier-steps';
import type { DomainEvent } from '#shared/contracts/events';
import { aStanding, instant, plansUpTo } from '#test/support/builders/partners';
import { silentLog } from '#test/support/builders/payouts';
import { DISTANCES } from '#test/support/notice-samples';
import { aTell } from '#test/support/telling';

const AT = instant('2026-04-01T00:00:00Z');
const FROM = instant('2026-03-31T23:30:00Z');
const CHANGE: TierChange = {
  ...{ programId: 'acme', partnerId: 'p1', sequence: 1, from: 'referral', to: 'certified', effectiveFrom: FROM },
  ...{ source: 'review', reason: '5 qualified referrals in twelve months', recordedAt: AT },
};
const STEP: TierStep = {
  ...{ programId: 'acme', partnerId: 'p1', number: 3, kind: 'warned', at: AT, asOf: AT, schemeVersion: 1 },
  ...{ tier: 'certified', to: 'referral', warningId: 'w1', endsAt: instant('2026-05-31T00:00:00Z'), isLast: false },
  ...{ measures: [], unmet: DISTANCES },
};
type TierEvent = Parameters<ReturnType<typeof makeTellTiers>>[0];
const eventOf = (change: TierChange) => tierChangedEvent(change) as TierEvent;

function aHouse(
  over: { change?: TierChange; steps?: readonly TierStep[]; nextTier?: ReadNextTier; until?: string } = {},
) {
  const { tell, told } = aTell();
  const change = over.change ?? CHANGE;
  const { tiers } = aStanding();
  const given = { ...tiers[0]!, tier: change.to, from: FROM, sequence: 2, until: over.until && instant(over.until) };
  const notify = makeTellTiers({
    tell,
    partners: {
      tierChange: async (_program, _partner, sequence) => (sequence === 1 ? change : undefined),
      standing: async () => aStanding({ tiers: [...tiers, given as never] }),
      components: async () => undefined,
    },
    plans: plansUpTo(1),
    steps: {
      find: async (_program, _partner, number) => over.steps?.find((step) => step.number === number),
      list: async () => ({ items: over.steps ?? [] }),
    },
    nextTier: over.nextTier ?? (async () => ({ tier: 'certified', next: { tier: 'premium', distances: DISTANCES } })),
    log: silentLog,
  });
  return { notify, told };
}

describe('a move of tier', () => {
  it('is told with what it pays from when, and what the next one takes; a review speaks in facts alone', async () => {
    const { notify, told } = aHouse({ change: { ...CHANGE, direction: 'up' } });
    await notify(eventOf({ ...CHANGE, direction: 'up' }));
    const facts = { from: 'referral', to: 'certified', effectiveFrom: FROM, by: 'review', ratesBps: [1_250] };
    const next = { tier: 'premium', distances: DISTANCES };
    expect(told).toEqual([
      {
        event: { eventId: 'tier-changed~acme~p1~1', programId: 'acme', occurredAt: AT },
        to: { audience: 'partner', partnerId: 'p1' },
        message: { kind: 'tier.promoted', facts: { ...facts, next } },
      },
    ]);
  });

  it('to a tier that the plan does not pay, where it paid the one before, is told as that', async () => {
    const change = { ...CHANGE, to: 'house', direction: 'up' as const };
    const { notify, told } = aHouse({ change });
    await notify(eventOf(change));
    expect(told[0]?.message).toMatchObject({ kind: 'tier.promoted', facts: { ratesBps: [], losesShare: true } });
  });

  it('by a person is told with that person’s words and its end', async () => {
    const change = { ...CHANGE, source: 'person' as const, reason: 'Best launch of the year' };
    const { notify, told } = aHouse({ change, until: '2026-06-01T00:00:00Z' });
    await notify(eventOf(change));
    expect(told[0]?.message).toMatchObject({
      kind: 'tier.changed',
      facts: { by: 'person', reason: 'Best launch of the year', until: '2026-06-01T00:00:00.000Z' },
    });
  });

  it('down is told with what the review found missing then', async () => {
    const change = { ...CHANGE, from: 'certified', to: 'referral', direction: 'down' as const };
    const steps = [{ ...STEP, number: 4, kind: 'demoted' as const, from: FROM, unmet: DISTANCES.slice(0, 1) }, STEP];
    const { notify, told } = aHouse({ change, steps });
    await notify(eventOf(change));
    expect(told[0]?.message).toMatchObject({ kind: 'tier.demoted', facts: { unmet: DISTANCES.slice(0, 1) } });
    const byPerson = aHouse({ change: { ...change, source: 'person' } });
    await byPerson.notify(eventOf(change));
    expect(byPerson.told[0]?.message.facts).toMatchObject({ unmet: [] });
  });

  it('is told also when nobody can count referrals now, and without the next tier once the partner is elsewhere', async () => {
    const nextTiers: ReadNextTier[] = [
      async () => Promise.reject(new Error('throttled')),
      async () => ({ tier: 'premium', nextByInvitation: 'strategic' }),
      async () => undefined,
    ];
    for (const nextTier of nextTiers) {
      const { notify, told } = aHouse({ nextTier });
      await notify(eventOf(CHANGE));
      expect(Object.keys(told[0]?.message.facts ?? {})).toEqual(['from', 'to', 'effectiveFrom', 'by', 'ratesBps']);
    }
  });

  it('concerns nobody when its record is not there', async () => {
    const { notify, told } = aHouse();
    await notify(eventOf({ ...CHANGE, sequence: 7 }));
    expect(told).toEqual([]);
    await expect(notify({ ...eventOf(CHANGE), eventId: 'other' } as TierEvent)).rejects.toThrow('not an event id');
  });
});

describe('what a review tells before a move', () => {
  const eventsOf = (step: TierStep): readonly DomainEvent[] => tierStepEvents(step);
  it('is a warning with its reasons, or it is no warning', async () => {
    const [event] = eventsOf(STEP) as TierEvent[];
    const { notify, told } = aHouse({ steps: [STEP] });
    await notify(event!);
    const facts = { tier: 'certified', to: 'referral', isLast: false, endsAt: STEP.endsAt, unmet: DISTANCES };
    expect(told).toMatchObject([{ message: { kind: 'tier.demotion_warned', facts } }]);
    await expect(aHouse().notify(event!)).rejects.toThrow('no step of a review');
  });

  it('is that the warning is over, and that the next tier is within reach', async () => {
    const near = { ...STEP, number: 5, kind: 'within_reach' as const, to: 'premium' };
    const lifted = { ...STEP, number: 6, kind: 'lifted' as const };
    const { notify, told } = aHouse({ steps: [STEP, near, lifted] });
    for (const event of [...eventsOf(near), ...eventsOf(lifted)] as TierEvent[]) await notify(event);
    expect(told.map(({ message }) => message)).toEqual([
      { kind: 'tier.within_reach', facts: { tier: 'certified', next: 'premium', distances: DISTANCES } },
      { kind: 'tier.demotion_lifted', facts: { tier: 'certified' } },
    ]);
  });
});

describe('the next tier', () => {
  const above = { next: { tier: 'certified', distances: DISTANCES, measures: [], isWithinReach: true } };
  const read = (progress: object | undefined) => makeReadNextTier(async () => ({ progress }) as never)('acme', 'p1');
  it('is the one above with what it takes, or by invitation, or none', async () => {
    expect(await read({ tier: 'referral', keeps: {}, ...above })).toEqual({
      ...{ tier: 'referral', next: { tier: 'certified', distances: DISTANCES } },
    });
    expect(await read({ tier: 'premium', nextByInvitation: 'strategic' })).toEqual({
      ...{ tier: 'premium', nextByInvitation: 'strategic' },
    });
    expect(await read({ tier: 'strategic' })).toEqual({ tier: 'strategic' });
    expect(await read(undefined)).toBeUndefined();
  });
});
