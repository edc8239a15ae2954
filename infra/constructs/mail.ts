import { EventBus, type EventPattern } from 'aws-cdk-lib/aws-events';
import * as ses from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';

/** What SES says of a message that concerns its address (Amazon SES developer guide, Monitoring with EventBridge). */
const FEEDBACK = { source: ['aws.ses'], detailType: ['Email Bounced', 'Email Complaint Received'] };

/** Reports on messages that were sent with a configuration set: SES names it among the tags of each. */
export function mailFeedbackPattern(configurationSetName: string): EventPattern {
  return { ...FEEDBACK, detail: { mail: { tags: { 'ses:configuration-set': [configurationSetName] } } } };
}

/**
 * How mail goes out. SES tells of bounces and complaints through EventBridge, and only on the account's default bus. The
 * account's own suppression list is not asked: it would hold back a message to an address that somebody here has set free,
 * without a word. No reputation metrics of its own: SES has the account's, and CloudWatch would bill these.
 */
export function makeMailing(scope: Construct): ses.ConfigurationSet {
  const set = new ses.ConfigurationSet(scope, 'Mail', { disableSuppressionList: true, reputationMetrics: false });
  set.addEventDestination('Feedback', {
    destination: ses.EventDestination.eventBus(EventBus.fromEventBusName(scope, 'DefaultBus', 'default')),
    events: [ses.EmailSendingEvent.BOUNCE, ses.EmailSendingEvent.COMPLAINT],
  });
  return set;
}
