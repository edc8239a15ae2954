import { describe, expect, it } from 'vitest';
import type { NoticeMessage } from '#shared/application/notifications/messages';
import type { Choices } from '#shared/application/notifications/preferences';
import type { StaffPerson } from '#shared/application/notifications/staff/staff-ports';
import type { WallTime } from '#shared/domain/time/reading-hours';
import { instant } from '#test/support/builders/partners';
import { SAMPLES } from '#test/support/notice-samples';
import { aTellingHouse } from '#test/support/telling-house';

const at = instant('2026-01-10T12:00:00Z');
const event = (eventId: string) => ({ eventId, programId: 'acme', occurredAt: at });
const toPartner = { audience: 'partner', partnerId: 'p1' } as const;
const toStaff = { audience: 'staff', roles: ['approver', 'admin'] } as const;
const paid = (payoutId: string): NoticeMessage => ({
  kind: 'payout.paid',
  facts: { ...SAMPLES['payout.paid'][0], payoutId },
});
const promoted: NoticeMessage = { kind: 'tier.promoted', facts: SAMPLES['tier.promoted'][0] };
const sold = (orderId: string): NoticeMessage => ({
  kind: 'conversion.recorded',
  facts: { ...SAMPLES['conversion.recorded'][0], orderId },
});
const payee: NoticeMessage = { kind: 'payee.changed', facts: SAMPLES['payee.changed'][0] };
const waiting: NoticeMessage = { kind: 'run.awaiting_decision', facts: SAMPLES['run.awaiting_decision'][0] };
const NIGHT = { from: '11:00' as WallTime, to: '14:00' as WallTime };

const person = (personId: string, more: Partial<StaffPerson> = {}): StaffPerson => ({
  ...{ programId: 'acme', personId, name: personId, email: `${personId}@acme.example`, emailHash: personId },
  ...{ roles: ['approver'], version: 1, createdAt: at, changedAt: at, changedBy: 'person:admin' },
  ...more,
});

async function chosen(choices: Partial<Choices>, recipientId = 'partner:p1', options = {}) {
  const world = aTellingHouse(options);
  const stored = { cadences: {}, ...choices, version: 1, changedAt: at, changedBy: 'p1' };
  await world.preferences.save('acme', recipientId, stored);
  return world;
}

describe('telling a partner', () => {
  it('is one item and one e-mail, however often and at once', async () => {
    const { tell, house, inbox } = aTellingHouse();
    await Promise.all(Array.from({ length: 5 }, () => tell(event('e1'), toPartner, paid('e1'))));
    await tell(event('e1'), toPartner, paid('e1'));
    expect(house.sent).toMatchObject([{ to: 'ada@partners.example', subject: 'e1' }]);
    expect(await inbox()).toMatchObject([{ noticeId: 'e1', kind: 'payout.paid', text: 'Ada & Co Europe/London' }]);
  });

  it('offers to end what may be off, and nothing else', async () => {
    const { tell, house } = aTellingHouse();
    await tell(event('e1'), toPartner, paid('e1'));
    await tell(event('e2'), toPartner, promoted);
    expect(house.sent.map(({ headers }) => headers)).toEqual([undefined, { 'List-Unsubscribe': 'tier.promoted' }]);
    expect(house.sent[1]).toMatchObject({
      text: 'https://x/tier.promoted',
      about: { programId: 'acme', kind: 'tier.promoted' },
    });
  });

  it('is in its language and by its clock', async () => {
    const { tell, inbox } = await chosen({ language: 'de', timeZone: 'Asia/Tokyo' });
    await tell(event('e1'), toPartner, paid('e1'));
    expect(await inbox()).toMatchObject([{ title: 'payout.paid de', text: 'Ada & Co Asia/Tokyo' }]);
  });

  it('is tried again after what was certainly not sent, and never after what may have been', async () => {
    const { tell, house } = aTellingHouse();
    house.outcome = () => 'not_sent';
    await expect(tell(event('e1'), toPartner, paid('e1'))).rejects.toThrow('deliver the event again');
    house.outcome = () => 'unknown';
    await tell(event('e1'), toPartner, paid('e1'));
    await tell(event('e1'), toPartner, paid('e1'));
    expect(house.sent).toHaveLength(1);
    expect(house.errors).toHaveLength(1);
  });

  it('leaves what was certainly not sent to the next hour, when nobody delivers the event again', async () => {
    const { tell, house, hoursThrough } = aTellingHouse();
    house.outcome = () => 'not_sent';
    await expect(tell(event('e1'), toPartner, paid('e1'))).rejects.toThrow();
    await hoursThrough('2026-01-10T14:00:00Z');
    expect(house.sent).toEqual([]);
    house.outcome = () => 'sent';
    await hoursThrough('2026-01-10T16:00:00Z');
    expect(house.sent).toHaveLength(1);
  });

  it('waits for quiet hours to end, except with what tells of security', async () => {
    const { tell, house, inbox, hoursThrough } = await chosen({ quietHours: NIGHT });
    await tell(event('e1'), toPartner, paid('e1'));
    await tell(event('e1'), toPartner, paid('e1'));
    await tell(event('e2'), { ...toPartner, email: 'before@x.example' }, payee);
    expect(house.sent.map(({ to }) => to)).toEqual(['before@x.example']);
    expect(await inbox()).toHaveLength(2);
    await hoursThrough('2026-01-11T00:00:00Z');
    expect(house.sent.map(({ atMs }) => new Date(atMs).toISOString())).toEqual([
      '2026-01-10T12:00:00.000Z',
      '2026-01-10T14:00:00.000Z',
    ]);
  });

  it('is in the inbox alone where no e-mail can go, or none is wanted', async () => {
    const { tell, house, inbox, hoursThrough } = await chosen({ cadences: { 'tier.promoted': 'off' } });
    await tell(event('e1'), toPartner, promoted);
    house.suppressed.add('ada@partners.example');
    await tell(event('e2'), toPartner, paid('e2'));
    await hoursThrough('2026-01-12T00:00:00Z');
    expect(house.sent).toEqual([]);
    expect(await inbox()).toHaveLength(2);
  });

  it('takes a stored choice that is not allowed for none', async () => {
    const { tell, house } = await chosen({ cadences: { 'payout.paid': 'off', 'payee.changed': 'daily' } });
    await tell(event('e1'), toPartner, paid('e1'));
    await tell(event('e2'), toPartner, payee);
    expect(house.sent).toHaveLength(2);
  });

  it('costs nothing for a sale unless the partner wants each now', async () => {
    const usual = aTellingHouse();
    await usual.tell(event('e1'), toPartner, sold('o1'));
    expect([usual.house.sent, await usual.inbox(), usual.memory.states().size]).toEqual([[], [], 0]);
    const each = await chosen({ cadences: { 'conversion.recorded': 'now' } });
    await each.tell(event('e1'), toPartner, sold('o1'));
    expect([each.house.sent.length, (await each.inbox()).length]).toEqual([1, 1]);
  });

  it('gives a notice an id that a path can hold', async () => {
    const { tell, inbox } = aTellingHouse();
    await tell(event('conversion~acme~a/b?c~p1'), toPartner, paid('e1'));
    const [notice] = await inbox();
    expect(notice?.noticeId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('that is gone is logged and done', async () => {
    const { tell, house } = aTellingHouse();
    await tell(event('e1'), { ...toPartner, partnerId: 'gone' }, paid('e1'));
    expect([house.sent, house.warnings]).toEqual([[], ['a notice concerns nobody who can be told']]);
  });
});

describe('telling the people of a programme', () => {
  it('reaches everybody with a role once, each in its own inbox, and the addresses that are named for decisions', async () => {
    const staff = [
      person('s1', { language: 'fr' }),
      person('s2', { roles: ['approver', 'admin'] }),
      person('s3', { roles: ['finance'] }),
    ];
    const { tell, house, inbox } = aTellingHouse({ staff });
    house.approvers = ['S1@acme.example', 'named@acme.example'];
    await Promise.all([1, 2, 3].map(() => tell(event('e1'), toStaff, waiting)));
    expect(house.sent.map(({ to }) => to).toSorted()).toEqual([
      'named@acme.example',
      's1@acme.example',
      's2@acme.example',
    ]);
    expect(await inbox('staff:s1')).toMatchObject([{ noticeId: 'e1', title: 'run.awaiting_decision fr' }]);
    expect(await inbox('staff:s2')).toHaveLength(1);
    expect(await inbox('staff:s3')).toEqual([]);
  });

  it('falls back to the escalation contact, which is greeted in the name of the programme', async () => {
    const { tell, house } = aTellingHouse();
    house.contact = 'boss@acme.example';
    await tell(event('e1'), toStaff, waiting);
    await tell(event('e1'), toStaff, waiting);
    expect(house.sent.map(({ to }) => to)).toEqual(['boss@acme.example']);
  });

  it('tells the others when one e-mail is not sent, and that one alone the next time', async () => {
    const { tell, house } = aTellingHouse({ staff: [person('s1'), person('s2')] });
    let tries = 0;
    house.outcome = () => (++tries === 1 ? 'not_sent' : 'sent');
    await expect(tell(event('e1'), toStaff, waiting)).rejects.toThrow();
    await tell(event('e1'), toStaff, waiting);
    expect(house.sent.map(({ to }) => to).toSorted()).toEqual(['s1@acme.example', 's2@acme.example']);
  });

  it('does not send what waited for somebody who was removed', async () => {
    const world = await chosen({ quietHours: NIGHT }, 'staff:s1', { staff: [person('s1')] });
    await world.tell(event('e1'), toStaff, waiting);
    const { programId, personId, createdAt, changedAt, changedBy } = person('s1');
    await world.staff.remove({ programId, personId, createdAt, changedAt, changedBy, version: 2 });
    await world.hoursThrough('2026-01-11T00:00:00Z');
    expect(world.house.sent).toEqual([]);
  });
});

describe('a digest', () => {
  it('brings what came until its hour in one e-mail, once, and is not sent empty', async () => {
    const { tell, house, hoursThrough } = await chosen({ cadences: { 'payout.paid': 'daily' }, digestHour: 18 });
    await tell(event('e1'), toPartner, paid('e1'));
    await tell(event('e2'), toPartner, paid('e2'));
    await tell(event('e2'), toPartner, paid('e2'));
    await hoursThrough('2026-01-10T17:00:00Z');
    expect(house.sent).toEqual([]);
    await hoursThrough('2026-01-10T18:00:00Z');
    await tell(event('e3'), toPartner, paid('e3'));
    await hoursThrough('2026-01-13T20:00:00Z');
    expect(house.sent.map(({ subject, atMs }) => [subject, new Date(atMs).toISOString()])).toEqual([
      ['e1 e2', '2026-01-10T18:00:00.000Z'],
      ['e3', '2026-01-11T18:00:00.000Z'],
    ]);
    expect(house.sent[0]?.headers).toEqual({ 'List-Unsubscribe': 'digest.daily' });
  });

  it('is made up after an outage of days, and leaves out what its reader has switched off since', async () => {
    const world = await chosen({ cadences: { 'payout.paid': 'daily', 'tier.promoted': 'daily' } });
    await world.tell(event('e1'), toPartner, paid('e1'));
    await world.tell(event('e2'), toPartner, promoted);
    const off = { cadences: { 'tier.promoted': 'off' } as const, version: 2, changedAt: at, changedBy: 'p1' };
    await world.preferences.save('acme', 'partner:p1', off);
    world.house.nowMs = Date.parse('2026-01-15T03:30:00Z');
    await world.sendDue();
    await world.sendDue();
    expect(world.house.sent.map(({ subject }) => subject)).toEqual(['e1']);
    expect(await world.inbox()).toHaveLength(2);
  });

  it('that comes in quiet hours waits for their end', async () => {
    const quietHours = { from: '07:00' as WallTime, to: '10:30' as WallTime };
    const { tell, house, hoursThrough } = await chosen({ cadences: { 'payout.paid': 'daily' }, quietHours });
    await tell(event('e1'), toPartner, paid('e1'));
    await hoursThrough('2026-01-12T00:00:00Z');
    expect(house.sent.map(({ atMs }) => new Date(atMs).toISOString())).toEqual(['2026-01-11T11:00:00.000Z']);
  });
});
