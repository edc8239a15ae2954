import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { adjust } from '#functions/payouts/adjustments/adjusting-composition';
import { programReader } from '#functions/payouts/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeDisputeDecisions } from '#shared/adapters/dynamodb/partners/dispute-decisions';
import { makeEventBus } from '#shared/adapters/event-bus';
import type { RemedyOutcome } from '#shared/application/carry-out-dispute';
import { makePostDisputeAdjustment } from '#shared/application/payouts/adjustments/post-dispute-adjustment';
import { disputeDecidedSchema } from '#shared/contracts/events';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string(), EVENT_BUS_NAME: z.string() }));

const postAdjustment = makePostDisputeAdjustment({
  decisions: makeDisputeDecisions({ documents, tableName: environment.PARTNERS_TABLE }),
  adjust,
  programs: programReader,
  publish: makeEventBus({ client: new EventBridgeClient({}), busName: environment.EVENT_BUS_NAME }),
});

const eventSchema = z.object({ detail: disputeDecidedSchema });

export async function handler(event: unknown): Promise<{ outcome: RemedyOutcome }> {
  return { outcome: await postAdjustment(eventSchema.parse(event).detail) };
}
