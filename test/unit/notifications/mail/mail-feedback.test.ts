import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportOf } from '#shared/adapters/mail-feedback';
import { toTagValue } from '#shared/adapters/mail-tags';
import { mailFeedbackSchema } from '#shared/contracts/notifications/mail-feedback';

/** Events in the shapes that the Amazon SES developer guide shows. */
const SAMPLES = JSON.parse(readFileSync('test/data/ses-events.json', 'utf8')) as Record<
  'bounce' | 'complaint',
  { detail: Record<string, object> }
>;

function report(sample: 'bounce' | 'complaint', change: { mail?: object; bounce?: object; complaint?: object } = {}) {
  const event = SAMPLES[sample];
  const detail = Object.fromEntries(
    Object.entries(event.detail).map(([name, value]) => {
      const more = change[name as keyof typeof change];
      return [name, more ? { ...value, ...more } : value];
    }),
  );
  return reportOf(mailFeedbackSchema.parse({ ...event, detail }));
}

describe('an event of SES', () => {
  it('reports a permanent bounce without a word in which an address could stand', () => {
    expect(report('bounce')).toEqual({
      finding: 'permanent_bounce',
      messageId: 'EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000',
      sentAt: '2026-08-05T00:40:02.012Z',
      reportedAt: '2026-08-05T00:41:02.669Z',
      programId: 'acme',
      detail: 'General 5.1.1',
      addresses: ['recipient@example.com'],
    });
  });

  it('reports a complaint', () => {
    expect(report('complaint')).toMatchObject({
      finding: 'complaint',
      programId: 'acme',
      detail: 'abuse',
      addresses: ['recipient@example.com'],
    });
  });

  it.each(['Transient', 'Undetermined', 'SomethingNew'])(
    'counts a bounce of the type %s as one that may pass',
    (bounceType) => {
      expect(report('bounce', { bounce: { bounceType, bounceSubType: 'MailboxFull' } })).toMatchObject({
        finding: 'transient_bounce',
        detail: 'MailboxFull 5.1.1',
      });
    },
  );

  it.each(['not-spam', 'auth-failure'])('is no complaint when it says %s', (complaintFeedbackType) => {
    expect(report('complaint', { complaint: { complaintFeedbackType } })).toBeUndefined();
  });

  it.each([undefined, null])('is a complaint when it does not say of what kind (%s)', (complaintFeedbackType) => {
    expect(report('complaint', { complaint: { complaintFeedbackType } })).toMatchObject({
      finding: 'complaint',
      detail: undefined,
    });
  });

  it('is about the address that the message was sent to, not the one it was forwarded to', () => {
    const bouncedRecipients = [{ emailAddress: 'behind@forwarding.example', status: '5.2.2' }];
    expect(report('bounce', { bounce: { bouncedRecipients } })).toMatchObject({
      addresses: ['recipient@example.com'],
      detail: 'General 5.2.2',
    });
    expect(
      report('bounce', { bounce: { bouncedRecipients }, mail: { destination: ['a@x.example', 'b@x.example'] } }),
    ).toMatchObject({
      addresses: ['behind@forwarding.example'],
    });
  });

  it('names the programme of its message, whatever characters it has, or none', () => {
    expect(report('bounce', { mail: { tags: { programId: [toTagValue('acme.eu:1')] } } })?.programId).toBe('acme.eu:1');
    expect(report('bounce', { mail: { tags: {} } })?.programId).toBeUndefined();
    expect(report('bounce', { mail: { tags: undefined } })?.programId).toBeUndefined();
  });

  it('is not guessed at when it has another shape', () => {
    expect(() => mailFeedbackSchema.parse({ ...SAMPLES.bounce, detail: SAMPLES.complaint.detail })).toThrow();
    expect(() => mailFeedbackSchema.parse({ ...SAMPLES.bounce, 'detail-type': 'Email Opened' })).toThrow();
  });
});
