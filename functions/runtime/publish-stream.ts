import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '#functions/runtime/log';
import type { DomainEvent } from '#shared/contracts/events';

type Stream = Pick<DynamoDBStreamEvent, 'Records'>;

/** @returns the events that the bus refused */
export type PublishEvents = (events: readonly DomainEvent[]) => Promise<readonly DomainEvent[]>;

/**
 * Publishes what a batch of a table's stream tells others. Records that could not be read or published are reported,
 * and Lambda delivers from the first of them again; an event published twice has the same id.
 */
export function publishStream(
  eventsOf: (record: DynamoDBRecord) => readonly DomainEvent[],
  publish: PublishEvents,
): (stream: Stream) => Promise<DynamoDBBatchResponse> {
  return async ({ Records }) => {
    const recordOf = new Map<DomainEvent, string>();
    const failed: string[] = [];
    for (const record of Records) {
      const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
      try {
        for (const event of eventsOf(record)) recordOf.set(event, itemIdentifier);
      } catch {
        // The error may quote the item: only its place is logged.
        log.error('a change in the stream could not be read', { itemIdentifier });
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
