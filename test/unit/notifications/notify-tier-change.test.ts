import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeMailer } from '#shared/adapters/mailer';
import { makeListInbox } from '#shared/application/notifications/list-inbox';
import { makeNotifyTierChange } from '#shared/application/notifications/notify-tier-change';
import type { Notices } from '#shared/application/notifications/ports';
import type { TierChange } from '#shared/application/partners/ports';
import { acme, aProfile, aStanding, instant, plansUpTo } from '#test/support/builders/partners';
import { silentLog } from '#test/support/builders/payouts';
import { makeMemoryNotices } from '#test/support/fakes/notices';
import { type MemoryPartners, makeMemoryPartners } from '#test/support/fakes/partner-store';
import { makeFakePrograms } from '#test/support/fakes/programs';

const event = { eventId: 'tier-changed~acme~p1~1', programId: 'acme', partnerId: 'p1', sequence: 1 };
const change: TierChange = {
  programId: 'acme',
  partnerId: 'p1',
  sequence: 1,
  from: 'referral',
  to: 'certified',
  effectiveFrom: instant('2026-03-31T23:30:00Z'),
  source: 'review',
  reason: '5 qualified referrals in twelve months',
  recordedAt: instant('2026-04-01T00:00:00Z'),
};

const ses = mockClient(SESv2Client);
let partners: MemoryPartners;
let notices: ReturnType<typeof makeMemoryNotices>;
const logged: unknown[] = [];
const notify = (over: { notices?: Notices } = {}) =>
  makeNotifyTierChange({
    partners: partners.store,
    programs: makeFakePrograms(acme()),
    plans: plansUpTo(1),
    notices: over.notices ?? notices,
    mailer: makeMailer({ client: new SESv2Client({ maxAttempts: 1 }), from: 'partners@tallystick.example' }),
    log: {
      ...silentLog,
      warn: (...line) => logged.push(line),
      error: (...line) => logged.push(line),
    },
  });
const inbox = () =>
  makeListInbox({ partners: partners.store, notices })({ programId: 'acme', partnerId: 'p1', limit: 10 });
const mails = () => ses.commandCalls(SendEmailCommand).map((call) => call.args[0].input);
const refusal = (name: string, status: number) =>
  Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: status } });

beforeEach(async () => {
  ses.reset();
  ses.on(SendEmailCommand).resolves({ MessageId: 'm1' });
  logged.length = 0;
  partners = makeMemoryPartners();
  notices = makeMemoryNotices();
  const standing = aStanding();
  await partners.store.enrol(standing, aProfile(), undefined);
  await partners.store.save(standing, change);
});

describe('notify tier change', () => {
  it('sends one e-mail and puts one notice into the inbox', async () => {
    expect(await notify()(event)).toBe('sent');
    expect(mails()).toHaveLength(1);
    expect(mails()[0]).toMatchObject({
      FromEmailAddress: 'partners@tallystick.example',
      Destination: { ToAddresses: ['ada@partners.example'] },
    });
    expect((await inbox()).items).toMatchObject([
      { noticeId: event.eventId, title: 'Your tier in Acme Partners is now certified', occurredAt: change.recordedAt },
    ]);
  });

  it('says what changed, from which day in the programme’s zone, why, the rate and what comes next', async () => {
    await notify()(event);
    const text = mails()[0]?.Content?.Simple?.Body?.Text?.Data ?? '';
    expect(text).toContain('Hello Ada & Co,');
    expect(text).toContain('From 1 April 2026 (Europe/London) you are in the tier certified. Before, it was referral.');
    expect(text).toContain('Why: 5 qualified referrals in twelve months.');
    expect(text).toContain('Your share of sales from then on: 12.5 %.');
    expect(text).toContain('Next: the tier premium asks for 20 qualified referrals in 12 months');
    expect(text).not.toMatch(/undefined|null|NaN/);
  });

  it('writes names and reasons into the HTML as text', async () => {
    await notify()(event);
    const html = mails()[0]?.Content?.Simple?.Body?.Html?.Data ?? '';
    expect(html).toContain('Hello Ada &amp; Co,');
    expect(html).not.toMatch(/undefined|null|NaN/);
  });

  it('tells once under redelivery and concurrency', async () => {
    await Promise.all(Array.from({ length: 6 }, () => notify()(event)));
    expect(await notify()(event)).toBe('told_before');
    expect(mails()).toHaveLength(1);
    expect((await inbox()).items).toHaveLength(1);
  });

  it.each([
    ['is throttled', refusal('TooManyRequestsException', 429)],
    ['has no verified sender', refusal('MessageRejected', 400)],
    ['is not allowed', refusal('AccessDeniedException', 403)],
    ['cannot be reached', Object.assign(new Error('no'), { code: 'ECONNREFUSED' })],
  ])('tries again when SES %s, because nothing was sent', async (_what, error) => {
    ses.on(SendEmailCommand).rejectsOnce(error).resolves({ MessageId: 'm2' });
    await expect(notify()(event)).rejects.toThrow('was not sent');
    expect(notices.mailState('acme', event.eventId)).toBe('pending');
    expect(await notify()(event)).toBe('sent');
    expect((await inbox()).items).toHaveLength(1);
  });

  it.each([
    ['a time-out', Object.assign(new Error('late'), { name: 'TimeoutError' })],
    ['an abort', Object.assign(new Error('late'), { name: 'AbortError' })],
    ['a broken connection', Object.assign(new Error('gone'), { code: 'ECONNRESET' })],
    ['a fault inside SES', refusal('InternalServiceErrorException', 500)],
  ])('never sends again after %s: it may have gone out', async (_what, error) => {
    ses.on(SendEmailCommand).rejectsOnce(error).resolves({ MessageId: 'm2' });
    expect(await notify()(event)).toBe('unknown');
    expect(await notify()(event)).toBe('told_before');
    expect(mails()).toHaveLength(1);
    expect(logged).toHaveLength(1);
  });

  it('gives up on a message that SES will never take', async () => {
    ses.on(SendEmailCommand).rejects(refusal('BadRequestException', 400));
    expect(await notify()(event)).toBe('refused');
    expect(notices.mailState('acme', event.eventId)).toBe('refused');
  });

  it('sends no second e-mail after a crash between sending and noting it', async () => {
    const crashing: Notices = { ...notices, endMail: () => Promise.reject(new Error('killed')) };
    await expect(notify({ notices: crashing })(event)).rejects.toThrow('killed');
    expect(await notify()(event)).toBe('told_before');
    expect(mails()).toHaveLength(1);
  });

  it('sends after a crash between the inbox and the e-mail', async () => {
    const crashing: Notices = { ...notices, startMail: () => Promise.reject(new Error('killed')) };
    await expect(notify({ notices: crashing })(event)).rejects.toThrow('killed');
    expect(mails()).toHaveLength(0);
    expect(await notify()(event)).toBe('sent');
    expect((await inbox()).items).toHaveLength(1);
  });

  it('claims nothing before the inbox item is written', async () => {
    const failing: Notices = { ...notices, open: () => Promise.reject(new Error('transaction conflict')) };
    await expect(notify({ notices: failing })(event)).rejects.toThrow('transaction conflict');
    expect(mails()).toHaveLength(0);
  });

  it('tells nobody about a partner that is not there', async () => {
    expect(await notify()({ ...event, partnerId: 'gone' })).toBe('nobody');
    expect(mails()).toHaveLength(0);
  });

  it('logs neither address nor name', async () => {
    ses
      .on(SendEmailCommand)
      .rejects(Object.assign(new Error('ada@partners.example is late'), { name: 'TimeoutError' }));
    await notify()(event);
    await notify()({ ...event, partnerId: 'gone' });
    expect(JSON.stringify(logged)).not.toMatch(/ada/i);
  });
});

describe('list inbox', () => {
  it('answers 404 for an unknown partner', async () => {
    const list = makeListInbox({ partners: partners.store, notices });
    await expect(list({ programId: 'acme', partnerId: 'nobody', limit: 10 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
