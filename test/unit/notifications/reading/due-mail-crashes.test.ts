import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { Cadence, NoticeMessage } from '#shared/application/notifications/messages';
import type { MailOutcome } from '#shared/application/notifications/ports';
import { isQuiet, type QuietHours, quietMinutes, type WallTime } from '#shared/domain/time/reading-hours';
import { instant } from '#test/support/builders/partners';
import { SAMPLES } from '#test/support/notice-samples';
import { aTellingHouse } from '#test/support/telling-house';

const START = '2026-03-27T09:00:00Z';
const MINUTE_MS = 60_000;
const toPartner = { audience: 'partner', partnerId: 'p1' } as const;
const at = instant(START);
const paid = (payoutId: string): NoticeMessage => ({
  kind: 'payout.paid',
  facts: { ...SAMPLES['payout.paid'][0], payoutId },
});

const wallTime = fc.integer({ min: 0, max: 47 }).map((half): WallTime => {
  const text = `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
  return text as WallTime;
});
const quietHours = fc
  .record({ from: wallTime, to: wallTime })
  .filter((hours) => quietMinutes(hours) > 0 && quietMinutes(hours) <= 20 * 60);
const choices = fc.record({
  cadence: fc.constantFrom<Cadence>('now', 'now', 'daily', 'monthly'),
  quietHours: fc.option(quietHours, { nil: undefined }),
  digestHour: fc.integer({ min: 0, max: 23 }),
  timeZone: fc.constantFrom('Europe/London', 'Asia/Kathmandu', 'America/New_York'),
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('tell' as const), id: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('choose' as const), choices }) },
);
const steps = fc.array(
  fc.record({
    step,
    /** At which of the effects of this step the process is killed, if it has as many. */
    killedAt: fc.option(fc.integer({ min: 1, max: 14 }), { nil: undefined }),
    thenMinutes: fc.integer({ min: 0, max: 40 * 60 }),
    outcome: fc.constantFrom<MailOutcome>('sent', 'sent', 'sent', 'not_sent', 'refused', 'unknown'),
  }),
  { minLength: 1, maxLength: 14 },
);

class Killed extends Error {}

describe('e-mail through kills, repeats, changed minds and clock changes', () => {
  it('goes out at most once, never in quiet hours, and none is lost that was certainly not sent', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const world = aTellingHouse();
        const { house, preferences, memory } = world;
        house.nowMs = Date.parse(START);
        let version = 0;
        let current: { quietHours?: QuietHours | undefined; timeZone?: string } = {};
        const told = new Set<string>();
        for (const { step: one, killedAt, thenMinutes, outcome } of script) {
          let left = killedAt ?? Number.POSITIVE_INFINITY;
          house.point = () => {
            left -= 1;
            if (left <= 0) throw new Killed();
          };
          house.outcome = () => outcome;
          const before = house.sent.length;
          if (one.do === 'choose') {
            version += 1;
            const { cadence, ...rest } = one.choices;
            const stored = { ...rest, cadences: { 'payout.paid': cadence }, version, changedAt: at, changedBy: 'p1' };
            await preferences.save('acme', 'partner:p1', stored);
            current = rest;
          } else if (one.do === 'tell') {
            const eventId = `e${one.id}`;
            const event = { eventId, programId: 'acme', occurredAt: at };
            await world.tell(event, toPartner, paid(eventId)).catch(() => undefined);
          } else await world.sendDue().catch(() => undefined);
          expectAwake(house.sent.slice(before), current);
          house.nowMs += thenMinutes * MINUTE_MS;
        }
        house.point = () => {};
        house.outcome = () => 'sent';
        // Each event is delivered until it is taken, and hours pass.
        for (const { step: one } of script) if (one.do === 'tell') told.add(`e${one.id}`);
        const before = house.sent.length;
        for (const eventId of told)
          await world.tell({ eventId, programId: 'acme', occurredAt: at }, toPartner, paid(eventId));
        // Hours that are no part of a day, so that each is looked at.
        await world.hoursThrough(new Date(house.nowMs + 34 * 24 * 60 * MINUTE_MS).toISOString(), 5);
        expectAwake(house.sent.slice(before), current);

        const mentions = house.sent.flatMap(({ subject }) => subject.split(' '));
        expect(mentions.toSorted()).toEqual([...new Set(mentions)].toSorted());
        const states = [...memory.states()];
        // Only a kill between taking a claim and noting its end, or an end that cannot be taken back, keeps one from being sent.
        const unsent = [...told].filter((id) => !mentions.includes(id));
        const kept = states.filter(([, state]) => ['sending', 'refused'].includes(state)).length;
        if (kept === 0) expect(unsent).toEqual([]);
        expect(states.filter(([, state]) => state === 'pending' || state === 'collecting')).toEqual([]);
        expect((await world.inbox()).map(({ noticeId }) => noticeId).toSorted()).toEqual([...told].toSorted());
      }),
      { numRuns: 40 },
    );
  });
});

function expectAwake(
  sent: readonly { readonly atMs: number }[],
  { quietHours: quiet, timeZone = 'Europe/London' }: { quietHours?: QuietHours | undefined; timeZone?: string },
): void {
  if (quiet) for (const { atMs } of sent) expect(isQuiet(atMs, quiet, timeZoneOf(timeZone))).toBe(false);
}
