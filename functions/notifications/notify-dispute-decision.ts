import * as z from 'zod';
import { partnersTable, telling } from '#functions/notifications/composition';
import { makeDisputeStore } from '#shared/adapters/dynamodb/disputes';
import { makeNotifyDisputeDecision } from '#shared/application/notifications/notify-dispute-decision';
import type { NotifyOutcome } from '#shared/application/notifications/notify-tier-change';
import { disputeDecidedSchema } from '#shared/contracts/events';

const notifyDecision = makeNotifyDisputeDecision({ ...telling, disputes: makeDisputeStore(partnersTable) });

const eventSchema = z.object({ detail: disputeDecidedSchema });

export async function handler(event: unknown): Promise<{ outcome: NotifyOutcome }> {
  return { outcome: await notifyDecision(eventSchema.parse(event).detail) };
}
