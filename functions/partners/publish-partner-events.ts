import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { withAuditedEffects } from '#functions/partners/audited-effects';
import { readEnvironment } from '#functions/runtime/environment';
import { type PublishEvents, publishStream } from '#functions/runtime/publish-stream';
import { letterOfRecord } from '#shared/adapters/dynamodb/partners/applications/application-stream';
import { disputeNewsOfRecord } from '#shared/adapters/dynamodb/partners/dispute-stream';
import { refreshRequestOfRecord } from '#shared/adapters/dynamodb/partners/overview/overview-stream';
import {
  agreementRecordOfRecord,
  payeeNoticeOfRecord,
  tierChangeOfRecord,
  tierStepOfRecord,
} from '#shared/adapters/dynamodb/partners/partner-stream';
import { termReminderOfRecord } from '#shared/adapters/dynamodb/partners/term-reminders';
import { earnedCertificateOfRecord } from '#shared/adapters/dynamodb/partners/training-stream';
import { webhookPauseOfRecord } from '#shared/adapters/dynamodb/partners/webhook-stream';
import { makeEventBus } from '#shared/adapters/event-bus';
import { webhookPausedEvent } from '#shared/application/notifications/webhooks/webhook-paused-event';
import { applicationEvent } from '#shared/application/partners/applications/application-events';
import { disputeDecidedEvent, disputeEscalatedEvent } from '#shared/application/partners/dispute-events';
import { refreshRequestedEvent } from '#shared/application/partners/overview/refresh-requested-event';
import {
  agreementEvents,
  payeeChangedEvent,
  tierChangedEvent,
  tierStepEvents,
} from '#shared/application/partners/publish-partner-events';
import { termReminderEvent } from '#shared/application/partners/term-reminder-event';
import { certificationEarnedEvent } from '#shared/application/partners/training/publish-certification';

const environment = readEnvironment(z.object({ EVENT_BUS_NAME: z.string() }));

/** Publishes the tier changes of a batch from the Partners table's stream, and what happened to agreements and disputes. */
export function makeHandler(publish: PublishEvents): ReturnType<typeof publishStream> {
  const eventsOf = withAuditedEffects((record) => {
    const change = tierChangeOfRecord(record);
    if (change) return [tierChangedEvent(change)];
    const step = tierStepOfRecord(record);
    if (step) return tierStepEvents(step);
    const agreement = agreementRecordOfRecord(record);
    if (agreement) return agreementEvents(agreement);
    const payee = payeeNoticeOfRecord(record);
    if (payee) return [payeeChangedEvent(payee)];
    const earned = earnedCertificateOfRecord(record);
    if (earned) return [certificationEarnedEvent(earned)];
    const pause = webhookPauseOfRecord(record);
    if (pause) return [webhookPausedEvent(pause)];
    const reminder = termReminderOfRecord(record);
    if (reminder) return [termReminderEvent(reminder)];
    const letter = letterOfRecord(record);
    if (letter) return [applicationEvent(letter)];
    const refresh = refreshRequestOfRecord(record);
    if (refresh) return [refreshRequestedEvent(refresh)];
    const news = disputeNewsOfRecord(record);
    if (!news) return [];
    return [
      news.type === 'decided'
        ? disputeDecidedEvent(news.decision)
        : disputeEscalatedEvent(news.dispute, news.escalatedAt),
    ];
  });
  return publishStream(eventsOf, publish);
}

export const handler = makeHandler(
  makeEventBus({ client: new EventBridgeClient({}), busName: environment.EVENT_BUS_NAME }),
);
