import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeMailbox } from '#infra/local/mailbox';
import type { Model, Resource } from '#infra/local/model';
import type { SendEmail } from '#infra/local/ses';
import { makeSending } from '#infra/local/ses-simulator';

const BUS = 'arn:aws:events:eu-west-1:000000000000:event-bus/default';

function aModel(types: readonly string[], bus = BUS): Model {
  const resources = [
    { type: 'AWS::SES::ConfigurationSet', name: 'set', logicalId: 'Set', properties: {} },
    {
      type: 'AWS::SES::ConfigurationSetEventDestination',
      name: 'told',
      logicalId: 'Told',
      properties: {
        ConfigurationSetName: 'set',
        EventDestination: { Enabled: true, MatchingEventTypes: types, EventBridgeDestination: { EventBusArn: bus } },
      },
    },
  ] as unknown as Resource[];
  return {
    account: '000000000000',
    region: 'eu-west-1',
    ofType: (type: string) => resources.filter((one) => one.type === type),
  } as unknown as Model;
}

type Told = { source: string; detailType: string; detail: { bounce?: { bounceSubType: string } }; resources: string[] };
let told: Told[];
let directory: string;
let send: (more?: Partial<SendEmail>, headers?: readonly (readonly [string, string])[]) => { MessageId: string };

beforeEach(() => {
  told = [];
  directory = mkdtempSync(join(tmpdir(), 'tallystick-mail-'));
  const sending = makeSending(aModel(['bounce', 'complaint']), (source, detailType, detail, resources) => {
    told.push({ source, detailType, detail, resources } as Told);
  });
  const mailbox = makeMailbox(directory, sending);
  send = (more = {}, headers = []) =>
    mailbox.sendEmail({
      FromEmailAddress: 'us@example.com',
      ConfigurationSetName: 'set',
      EmailTags: [
        { Name: 'programId', Value: 'acme' },
        { Name: 'ses:feedback-id-a', Value: 'tier-promoted' },
      ],
      Destination: { ToAddresses: ['you@example.com'] },
      Content: {
        Simple: {
          Subject: { Data: 'Hello' },
          Body: { Text: { Data: 'text' } },
          Headers: headers.map(([Name, Value]) => ({ Name, Value })),
        },
      },
      ...more,
    });
});
const sendTo = (address: string): { MessageId: string } => send({ Destination: { ToAddresses: [address] } });

describe('the local SES', () => {
  it('keeps headers, configuration set, tags and where answers go', () => {
    send({ ReplyToAddresses: ['team@example.com'] }, [['List-Unsubscribe', '<https://t.example/u/1>']]);
    const [file] = readdirSync(directory);
    expect(JSON.parse(readFileSync(join(directory, file!), 'utf8'))).toMatchObject({
      headers: { 'List-Unsubscribe': '<https://t.example/u/1>' },
      configurationSet: 'set',
      tags: { programId: 'acme', 'ses:feedback-id-a': 'tier-promoted' },
      replyTo: ['team@example.com'],
    });
    expect(told).toEqual([]);
  });

  it.each<[string, Partial<SendEmail>, readonly (readonly [string, string])[], string]>([
    ['a set that is none', { ConfigurationSetName: 'other' }, [], 'Configuration set <other> does not exist.'],
    ['a header that SES writes', {}, [['Subject', 'x']], "Duplicate header 'Subject'."],
    [
      'a header twice',
      {},
      [
        ['X-A', '1'],
        ['x-a', '2'],
      ],
      "Duplicate header 'x-a'.",
    ],
    ['a name with a colon', {}, [['X:A', '1']], 'Header <X:A> is not valid.'],
    ['a value that is too long', {}, [['X-A', 'x'.repeat(871)]], 'Header <X-A> is not valid.'],
    ['a line break', {}, [['X-A', 'a\r\nBcc: b@example.com']], 'Header <X-A> is not valid.'],
    ['too many headers', {}, Array.from({ length: 16 }, (_, n) => [`X-${n}`, '1'] as const), 'At most 15 headers'],
    ['a tag with a dot', { EmailTags: [{ Name: 'kind', Value: 'tier.promoted' }] }, [], 'Tag <kind>'],
    ['a colon in the name of a tag', { EmailTags: [{ Name: 'a:b', Value: 'c' }] }, [], 'Tag <a:b>'],
  ])('refuses %s', (_what, more, headers, message) => {
    expect(() => send(more, headers)).toThrow(message);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('tells of a bounce at the simulator, by the tags of the message', () => {
    const { MessageId } = sendTo('bounce+1@simulator.amazonses.com');
    expect(told).toMatchObject([
      {
        source: 'aws.ses',
        detailType: 'Email Bounced',
        resources: ['arn:aws:ses:eu-west-1:000000000000:configuration-set/set'],
        detail: {
          eventType: 'Bounce',
          bounce: {
            bounceType: 'Permanent',
            bounceSubType: 'General',
            bouncedRecipients: [{ emailAddress: 'bounce+1@simulator.amazonses.com', status: '5.1.1' }],
          },
          mail: {
            messageId: MessageId,
            destination: ['bounce+1@simulator.amazonses.com'],
            tags: { 'ses:configuration-set': ['set'], programId: ['acme'] },
          },
        },
      },
    ]);
  });

  it('tells of a suppressed address and of a complaint, and says nothing of what arrives', () => {
    sendTo('suppressionlist@simulator.amazonses.com');
    sendTo('complaint@simulator.amazonses.com');
    sendTo('success@simulator.amazonses.com');
    expect(told.map(({ detailType, detail }) => [detailType, detail.bounce?.bounceSubType])).toEqual([
      ['Email Bounced', 'Suppressed'],
      ['Email Complaint Received', undefined],
    ]);
  });

  it('tells only what the event destination asks for, and nothing without a configuration set', () => {
    const heard: string[] = [];
    const sending = makeSending(aModel(['delivery']), (_source, detailType) => heard.push(detailType));
    const mailbox = makeMailbox(directory, sending);
    const Content = { Simple: { Subject: { Data: 'Hello' }, Body: {} } };
    for (const to of ['success', 'bounce', 'complaint']) {
      const Destination = { ToAddresses: [`${to}@simulator.amazonses.com`] };
      mailbox.sendEmail({ FromEmailAddress: 'us@example.com', Destination, Content });
      mailbox.sendEmail({ FromEmailAddress: 'us@example.com', Destination, Content, ConfigurationSetName: 'set' });
    }
    expect(heard).toEqual(['Email Delivered', 'Email Delivered']);
  });

  it('knows no bus but the default one, as SES', () => {
    expect(() => makeSending(aModel([], `${BUS}s`), () => undefined)).toThrow('only the default event bus');
  });
});
