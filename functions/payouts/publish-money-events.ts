import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { type PublishEvents, publishStream } from '#functions/runtime/publish-stream';
import { moneyChangeOfRecord } from '#shared/adapters/dynamodb/money/money-stream';
import { makeEventBus } from '#shared/adapters/event-bus';
import { eventsOf } from '#shared/application/payouts/runs/money-events';

const environment = readEnvironment(z.object({ EVENT_BUS_NAME: z.string() }));

/** Publishes what a batch of the Money table's stream tells others. */
export function makeHandler(publish: PublishEvents): ReturnType<typeof publishStream> {
  return publishStream((record) => {
    const change = moneyChangeOfRecord(record);
    return change ? eventsOf(change) : [];
  }, publish);
}

export const handler = makeHandler(
  makeEventBus({ client: new EventBridgeClient({}), busName: environment.EVENT_BUS_NAME }),
);
