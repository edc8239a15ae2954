import { randomUUID } from 'node:crypto';
import type { Events } from './events.ts';
import type { Model } from './model.ts';
import type { Mail } from './ses.ts';

/** Which events of a configuration set go to the default event bus, by the names of the API. */
type EventDestinations = ReadonlyMap<string, ReadonlySet<string>>;

function readConfigurationSets(model: Model): EventDestinations {
  const sets = new Map(model.ofType('AWS::SES::ConfigurationSet').map((set) => [set.name, new Set<string>()]));
  for (const { properties, logicalId } of model.ofType('AWS::SES::ConfigurationSetEventDestination')) {
    const destination = properties.EventDestination as {
      Enabled?: boolean;
      MatchingEventTypes?: string[];
      EventBridgeDestination?: { EventBusArn?: string };
    };
    const bus = destination.EventBridgeDestination?.EventBusArn;
    if (!bus?.endsWith('event-bus/default'))
      throw new Error(`event destination ${logicalId}: only the default event bus is known to the local host`);
    if (destination.Enabled === false) continue;
    const types = sets.get(String(properties.ConfigurationSetName));
    for (const type of destination.MatchingEventTypes ?? []) types?.add(type.toLowerCase());
  }
  return sets;
}

export type Sending = {
  readonly configurationSets: ReadonlySet<string>;
  /** After a message is kept: what SES would tell of it goes to the default event bus. */
  readonly onSent: (mail: Mail) => void;
};

export function makeSending(model: Model, publish: Events['publish']): Sending {
  const sets = readConfigurationSets(model);
  return {
    configurationSets: new Set(sets.keys()),
    onSent: (mail) => {
      const set = mail.configurationSet;
      if (set === undefined) return;
      const resources = [`arn:aws:ses:${model.region}:${model.account}:configuration-set/${set}`];
      for (const { detailType, detail } of feedbackOn(mail, model, sets.get(set) ?? new Set())) {
        publish('aws.ses', detailType, detail, resources);
      }
    },
  };
}

type SesEvent = { readonly detailType: string; readonly detail: Record<string, unknown> };

/** What the mailbox simulator does with mail to its addresses (SES developer guide, Using the mailbox simulator). */
const SIMULATOR = /^([a-z]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i;

/** The events that come of a message, one a recipient of the mailbox simulator; everybody else's mail arrives. */
function feedbackOn(mail: Mail, model: Pick<Model, 'account' | 'region'>, wanted: ReadonlySet<string>): SesEvent[] {
  return mail.to.flatMap((address) => {
    const behaviour = SIMULATOR.exec(address)?.[1]?.toLowerCase() ?? 'success';
    const told = (type: string, detailType: string, name: string, what: object): SesEvent[] =>
      wanted.has(type.toLowerCase())
        ? [{ detailType, detail: { eventType: type, [name]: what, mail: mailOf(mail, model) } }]
        : [];
    const delivery = told('Delivery', 'Email Delivered', 'delivery', {
      timestamp: new Date().toISOString(),
      processingTimeMillis: 1,
      recipients: [address],
      smtpResponse: '250 2.6.0 Message received',
      reportingMTA: 'simulator.amazonses.com',
    });
    if (behaviour === 'bounce') return told('Bounce', 'Email Bounced', 'bounce', bounce(address, 'General'));
    if (behaviour === 'suppressionlist')
      return told('Bounce', 'Email Bounced', 'bounce', bounce(address, 'Suppressed'));
    if (behaviour !== 'complaint') return delivery;
    return [...delivery, ...told('Complaint', 'Email Complaint Received', 'complaint', complaint(address))];
  });
}

function bounce(emailAddress: string, bounceSubType: 'General' | 'Suppressed'): object {
  const diagnosticCode =
    bounceSubType === 'General'
      ? 'smtp; 550 5.1.1 user unknown'
      : 'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.';
  return {
    feedbackId: randomUUID(),
    bounceType: 'Permanent',
    bounceSubType,
    bouncedRecipients: [{ emailAddress, action: 'failed', status: '5.1.1', diagnosticCode }],
    timestamp: new Date().toISOString(),
    reportingMTA: 'dns; simulator.amazonses.com',
  };
}

function complaint(emailAddress: string): object {
  return {
    feedbackId: randomUUID(),
    complaintSubType: null,
    complainedRecipients: [{ emailAddress }],
    timestamp: new Date().toISOString(),
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: new Date().toISOString(),
  };
}

function mailOf(mail: Mail, { account, region }: Pick<Model, 'account' | 'region'>): object {
  const tags = { 'ses:configuration-set': mail.configurationSet ?? '', ...mail.tags };
  return {
    timestamp: mail.at,
    source: mail.from,
    sourceArn: `arn:aws:ses:${region}:${account}:identity/${mail.from.split('@')[1]}`,
    sendingAccountId: account,
    messageId: mail.id,
    destination: mail.to,
    headersTruncated: false,
    headers: Object.entries({ From: mail.from, To: mail.to.join(', '), Subject: mail.subject, ...mail.headers }).map(
      ([name, value]) => ({ name, value }),
    ),
    commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.id, subject: mail.subject },
    tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
  };
}
