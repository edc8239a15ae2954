import { describe, expect, it } from 'vitest';
import type { WaitingMail } from '#shared/application/notifications/outbox';
import { instant } from '#test/support/builders/partners';
import { SAMPLES } from '#test/support/notice-samples';
import { aTellingHouse } from '#test/support/telling-house';

const at = instant('2026-01-10T12:00:00Z');
const DAILY = { 'payout.paid': 'daily' } as const;
const OFF = { 'conversion.recorded': 'off', 'conversion.held': 'off' } as const;

/** A partner with a daily digest of a sale and perhaps a payout, both of the tenth. */
async function aReader(isPaid = true) {
  const world = aTellingHouse();
  world.house.sales = async (_program, _partnerId, from, to) => {
    const recorded = Date.parse(at) >= from && Date.parse(at) < to ? 1 : 0;
    return { recorded, held: 0, amounts: [] };
  };
  let version = 0;
  const choose = async (cadences: object): Promise<void> => {
    version += 1;
    const stored = { cadences, version, changedAt: at, changedBy: 'p1' };
    await world.preferences.save('acme', 'partner:p1', stored);
  };
  await choose(DAILY);
  const event = { eventId: 'e1', programId: 'acme', occurredAt: at };
  const message = { kind: 'payout.paid', facts: SAMPLES['payout.paid'][0] } as const;
  if (isPaid) await world.tell(event, { audience: 'partner', partnerId: 'p1' }, message);
  return { ...world, choose };
}

describe('a digest', () => {
  it('brings the sales that were put into it a moment ago, also while the index shows it without', async () => {
    const { memory, hoursThrough, inbox } = await aReader();
    const { due } = memory;
    memory.due = async function* (...args) {
      for await (const waiting of due(...args)) {
        const { mail } = waiting;
        const before = mail.type === 'digest' ? { ...mail, sales: undefined } : mail;
        yield { ...waiting, mail: before };
      }
    };
    await hoursThrough('2026-01-13T00:00:00Z');
    const digests = (await inbox()).filter(({ kind }) => kind === 'digest.daily');
    expect(digests.map(({ text }) => text)).toEqual(['1+0']);
  });

  it('that others have sent by then, and the index still shows as open, is not sent again', async () => {
    const { house, memory, hoursThrough, sendDue } = await aReader();
    const seen: WaitingMail[] = [];
    const { due } = memory;
    memory.due = async function* (...args) {
      for await (const waiting of due(...args)) {
        seen.push(waiting);
        yield waiting;
      }
    };
    await hoursThrough('2026-01-11T09:00:00Z');
    memory.due = async function* () {
      yield* seen;
    };
    await sendDue();
    expect([house.sent.length, house.errors]).toEqual([1, []]);
  });

  it('of sales alone is not sent to whoever switched them off while it waited', async () => {
    const { house, choose, hoursThrough } = await aReader(false);
    house.outcome = () => 'not_sent';
    await hoursThrough('2026-01-11T09:00:00Z');
    await choose(OFF);
    house.outcome = () => 'sent';
    await hoursThrough('2026-01-11T12:00:00Z');
    expect(house.sent).toEqual([]);
  });
});

describe('what is due', () => {
  it('goes out also when the sums of sales cannot be planned', async () => {
    const { house, preferences, hoursThrough } = await aReader();
    preferences.list = () => {
      throw new Error('an item that cannot be read');
    };
    await hoursThrough('2026-01-11T09:00:00Z');
    expect(house.sent.map(({ subject }) => subject)).toHaveLength(1);
    expect(house.errors).toContain('the digests of a programme could not be planned');
  });
});
