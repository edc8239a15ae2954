import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { type PublishEvents, publishStream } from '#functions/runtime/publish-stream';
import { tierChangeOfRecord } from '#shared/adapters/dynamodb/partner-stream';
import { makeEventBus } from '#shared/adapters/event-bus';
import { tierChangedEvent } from '#shared/application/partners/publish-partner-events';

const environment = readEnvironment(z.object({ EVENT_BUS_NAME: z.string() }));

/** Publishes the tier changes of a batch from the Partners table's stream. */
export function makeHandler(publish: PublishEvents): ReturnType<typeof publishStream> {
  return publishStream((record) => {
    const change = tierChangeOfRecord(record);
    return change ? [tierChangedEvent(change)] : [];
  }, publish);
}

export const handler = makeHandler(
  makeEventBus({ client: new EventBridgeClient({}), busName: environment.EVENT_BUS_NAME }),
);
