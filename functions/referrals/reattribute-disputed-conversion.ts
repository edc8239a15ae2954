import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { reattribute } from '#functions/referrals/reattribution-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeDisputeDecisions } from '#shared/adapters/dynamodb/partners/dispute-decisions';
import { makeEventBus } from '#shared/adapters/event-bus';
import type { RemedyOutcome } from '#shared/application/carry-out-dispute';
import { makeReattributeDisputedConversion } from '#shared/application/referrals/sales/reattribute-disputed-conversion';
import { disputeDecidedSchema } from '#shared/contracts/events';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string(), EVENT_BUS_NAME: z.string() }));

const reattributeDisputed = makeReattributeDisputedConversion({
  decisions: makeDisputeDecisions({ documents, tableName: environment.PARTNERS_TABLE }),
  reattribute,
  publish: makeEventBus({ client: new EventBridgeClient({}), busName: environment.EVENT_BUS_NAME }),
});

const eventSchema = z.object({ detail: disputeDecidedSchema });

export async function handler(event: unknown): Promise<{ outcome: RemedyOutcome }> {
  return { outcome: await reattributeDisputed(eventSchema.parse(event).detail) };
}
