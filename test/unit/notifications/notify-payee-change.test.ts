import { beforeEach, describe, expect, it } from 'vitest';
import { makeNotifyPayeeChange } from '#shared/application/notifications/notify-payee-change';
import { payeeNotice } from '#shared/application/notifications/payee-notice';
import type { Mail, MailOutcome } from '#shared/application/notifications/ports';
import { payeeChangedEvent } from '#shared/application/partners/publish-partner-events';
import { acme, aPayeeNotice, instant, recordedPayee } from '#test/support/builders/partners';
import { silentLog } from '#test/support/builders/payouts';
import { makeMemoryNotices } from '#test/support/fakes/notices';
import { makeFakePrograms } from '#test/support/fakes/programs';

const usableFrom = instant('2026-03-12T08:00:00Z');
const aNotice = async () =>
  aPayeeNotice(await recordedPayee({ payeeId: 'c1', changedAt: instant('2026-03-10T08:00:00Z'), usableFrom }));

let sent: Mail[];
let outcome: MailOutcome;
let notices: ReturnType<typeof makeMemoryNotices>;
const tell = async () => {
  const notice = await aNotice();
  const notify = makeNotifyPayeeChange({
    partners: { payeeNotice: async (_program, _partner, id) => (id === 'c1' ? notice : undefined) },
    programs: makeFakePrograms(acme()),
    notices,
    mailer: {
      send: async (mail) => {
        sent.push(mail);
        return outcome;
      },
    },
    log: silentLog,
  });
  return { notify, event: payeeChangedEvent(notice) };
};

beforeEach(() => {
  sent = [];
  outcome = 'sent';
  notices = makeMemoryNotices();
});

describe('a changed payee', () => {
  it('is told to the address that was there before, once however often the event comes', async () => {
    const { notify, event } = await tell();
    expect([await notify(event), await notify(event)]).toEqual(['sent', 'told_before']);
    expect(sent.map(({ to, subject }) => [to, subject])).toEqual([
      ['ada@partners.example', 'Your bank details in Acme Partners were changed'],
    ]);
    const { items } = await notices.list('acme', 'p1', { limit: 10 });
    expect(items).toMatchObject([{ kind: 'payee.changed', noticeId: event.eventId }]);
  });

  it('is told again by the next delivery when the mail certainly did not go out', async () => {
    const { notify, event } = await tell();
    outcome = 'not_sent';
    await expect(notify(event)).rejects.toThrow('deliver the event again');
    outcome = 'sent';
    expect(await notify(event)).toBe('sent');
  });

  it('concerns nobody when nothing is kept to be told', async () => {
    const { notify, event } = await tell();
    expect(await notify({ ...event, payeeId: 'other' })).toBe('nobody');
    expect(sent).toEqual([]);
  });

  it('is told without the account, but for its end, with what to do', async () => {
    const { text, mail } = payeeNotice(await aNotice(), acme());
    expect(text).toContain('a bank account that ends in 5555');
    expect(text).toContain('12 March 2026 at 08:00 (Europe/London)');
    expect(text).toContain('If this was not you');
    expect(`${mail.text}${mail.html}`).not.toContain('GB33');
  });

  it('is told of an address without any of it, and at once where nothing cools down', async () => {
    const shown = { rail: 'paypal', name: 'Ada', accountEnding: 'a…@mail.example' } as const;
    const { text } = payeeNotice({ ...(await aNotice()), shown, usableFrom: undefined }, acme());
    expect(text).toContain('to a PayPal account.');
    expect(text).not.toContain('mail.example');
    expect(text).toContain('The next run that is approved pays there.');
  });

  it('is published without who or where', async () => {
    const { event } = await tell();
    expect(event).toEqual({
      type: 'payee.changed',
      eventId: 'payee-changed~acme~p1~c1',
      programId: 'acme',
      partnerId: 'p1',
      occurredAt: '2026-03-10T08:00:00.000Z',
      payeeId: 'c1',
      rail: 'bank_file',
      usableFrom,
    });
  });
});
