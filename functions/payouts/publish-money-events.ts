import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { moneyChangeOfRecord } from '#shared/adapters/dynamodb/money-stream';
import { makeEventBus } from '#shared/adapters/event-bus';
import { eventsOf } from '#shared/application/payouts/money-events';
import type { DomainEvent } from '#shared/contracts/events';

const environment = readEnvironment(z.object({ EVENT_BUS_NAME: z.string() }));

type Stream = Pick<DynamoDBStreamEvent, 'Records'>;
type PublishEvents = (events: readonly DomainEvent[]) => Promise<readonly DomainEvent[]>;

/**
 * Publishes what a batch of the Money table's stream tells others. Records that could not be read or published are
 * reported, and Lambda delivers from the first of them again; an event published twice has the same id.
 */
export function makeHandler(publish: PublishEvents): (stream: Stream) => Promise<DynamoDBBatchResponse> {
  return async ({ Records }) => {
    const recordOf = new Map<DomainEvent, string>();
    const failed: string[] = [];
    for (const record of Records) {
      const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
      try {
        const change = moneyChangeOfRecord(record);
        for (const event of change ? eventsOf(change) : []) recordOf.set(event, itemIdentifier);
      } catch (error) {
        log.error('a change in the stream could not be read', { itemIdentifier, error: String(error) });
        failed.push(itemIdentifier);
      }
    }
    const refused = recordOf.size > 0 ? await publish([...recordOf.keys()]) : [];
    if (refused.length > 0)
      log.warn('the event bus refused events', { eventIds: refused.map(({ eventId }) => eventId) });
    failed.push(...refused.flatMap((event) => recordOf.get(event) ?? []));
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

export const handler = makeHandler(
  makeEventBus({ client: new EventBridgeClient({}), busName: environment.EVENT_BUS_NAME }),
);
