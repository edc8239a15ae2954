import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromTagValue, toTagValue } from '#shared/adapters/mail-tags';
import { makeMailer } from '#shared/adapters/mailer';
import type { Mail } from '#shared/application/notifications/ports';

const ses = mockClient(SESv2Client);
const client = new SESv2Client({ maxAttempts: 1 });
const mail: Mail = { to: 'ada@partners.example', subject: 'S', text: 'T', html: '<p>H</p>' };
const sent = () => ses.commandCalls(SendEmailCommand).map((call) => call.args[0].input);

beforeEach(() => {
  ses.reset();
  ses.on(SendEmailCommand).resolves({ MessageId: 'm1' });
});

describe('a message', () => {
  it('goes out with its headers, marked as written by a machine, and tells SES nothing personal', async () => {
    const mailer = makeMailer({
      client,
      from: 'us@shop.example',
      configurationSet: 'set',
      replyTo: 'team@shop.example',
    });
    const headers = {
      'List-Unsubscribe': '<https://t.example/u/1>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    };
    expect(await mailer.send({ ...mail, headers, about: { programId: 'acme.eu', kind: 'tier.promoted' } })).toBe(
      'sent',
    );
    expect(sent()).toEqual([
      {
        FromEmailAddress: 'us@shop.example',
        ReplyToAddresses: ['team@shop.example'],
        ConfigurationSetName: 'set',
        Destination: { ToAddresses: ['ada@partners.example'] },
        EmailTags: [
          { Name: 'programId', Value: toTagValue('acme.eu') },
          { Name: 'kind', Value: 'tier-promoted' },
          { Name: 'ses:feedback-id-a', Value: 'tier-promoted' },
          { Name: 'ses:feedback-id-b', Value: toTagValue('acme.eu') },
        ],
        Content: {
          Simple: {
            Subject: { Data: 'S', Charset: 'UTF-8' },
            Body: { Text: { Data: 'T', Charset: 'UTF-8' }, Html: { Data: '<p>H</p>', Charset: 'UTF-8' } },
            Headers: [
              { Name: 'Auto-Submitted', Value: 'auto-generated' },
              { Name: 'List-Unsubscribe', Value: '<https://t.example/u/1>' },
              { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
            ],
          },
        },
      },
    ]);
  });

  it('needs none of that', async () => {
    expect(await makeMailer({ client, from: 'us@shop.example' }).send(mail)).toBe('sent');
    expect(sent()[0]).toMatchObject({ EmailTags: [], Content: { Simple: { Headers: [{ Name: 'Auto-Submitted' }] } } });
    expect(sent()[0]).not.toHaveProperty('ConfigurationSetName');
    expect(sent()[0]).not.toHaveProperty('ReplyToAddresses');
  });

  it.each([
    ['a configuration set that is gone', 'NotFoundException', 404, 'not_sent'],
    ['sending that is paused', 'SendingPausedException', 400, 'not_sent'],
    ['throttling', 'TooManyRequestsException', 429, 'not_sent'],
    ['a message that SES will never take', 'BadRequestException', 400, 'refused'],
    ['a fault inside SES', 'InternalServiceErrorException', 500, 'unknown'],
  ])('after %s is as sent as SES says', async (_what, name, httpStatusCode, outcome) => {
    ses.on(SendEmailCommand).rejects(Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } }));
    expect(await makeMailer({ client, from: 'us@shop.example' }).send(mail)).toBe(outcome);
  });
});

describe('an id in a tag of SES', () => {
  it.each(['acme', 'acme-eu_1', 'acme.eu', 'a:b', 'A'.repeat(64), `${'a.'.repeat(31)}b`])('comes back as %s', (id) => {
    expect(toTagValue(id)).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
    expect(fromTagValue(toTagValue(id))).toBe(id);
  });
});
