import * as z from 'zod';
import { partnersTable, telling } from '#functions/notifications/composition';
import { makeDisputeStore } from '#shared/adapters/dynamodb/disputes';
import { makeNotifyDisputeEscalation } from '#shared/application/notifications/notify-dispute-escalation';
import type { NotifyOutcome } from '#shared/application/notifications/notify-tier-change';
import { disputeEscalatedSchema } from '#shared/contracts/events';

const notifyEscalation = makeNotifyDisputeEscalation({ ...telling, disputes: makeDisputeStore(partnersTable) });

const eventSchema = z.object({ detail: disputeEscalatedSchema });

export async function handler(event: unknown): Promise<{ outcome: NotifyOutcome }> {
  return { outcome: await notifyEscalation(eventSchema.parse(event).detail) };
}
