import { SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { makeNotices } from '#shared/adapters/dynamodb/notices';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners';
import { makePlanReader } from '#shared/adapters/dynamodb/plan-reader';
import { makeProgramReader } from '#shared/adapters/dynamodb/program-reader';
import { makeMailer } from '#shared/adapters/mailer';
import { makeNotifyTierChange, type NotifyOutcome } from '#shared/application/notifications/notify-tier-change';
import { tierChangeSequence } from '#shared/application/partners/publish-partner-events';
import { tierChangedSchema } from '#shared/contracts/events';

const environment = readEnvironment(
  z.object({
    PARTNERS_TABLE: z.string(),
    MONEY_TABLE: z.string(),
    CONFIG_TTL_SECONDS: z.coerce.number().min(0),
    MAIL_FROM: z.string().min(1),
  }),
);
const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
const moneyTable = { documents, tableName: environment.MONEY_TABLE };

const notifyTierChange = makeNotifyTierChange({
  partners: makePartnerStore(partnersTable),
  programs: makeProgramReader({ ...moneyTable, ttlSeconds: environment.CONFIG_TTL_SECONDS, clock: Date.now }),
  plans: makePlanReader(moneyTable),
  notices: makeNotices(partnersTable),
  mailer: makeMailer({
    client: new SESv2Client({ maxAttempts: 1 }),
    from: environment.MAIL_FROM,
  }),
  log,
});

const eventSchema = z.object({ detail: tierChangedSchema });

/** @throws Error when the e-mail should be tried again: the event is delivered again, then kept in the dead-letter queue. */
export async function handler(event: unknown): Promise<{ outcome: NotifyOutcome }> {
  const { eventId, programId, partnerId } = eventSchema.parse(event).detail;
  const sequence = tierChangeSequence(eventId);
  if (sequence === undefined) throw new Error(`not an event id of a tier change: ${eventId}`);
  return { outcome: await notifyTierChange({ eventId, programId, partnerId, sequence }) };
}
