import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type DomainEvent, EVENT_SOURCE } from '#shared/contracts/events';

/** EventBridge's own limit of one PutEvents. */
const EVENTS_A_CALL = 10;

/** Publishes domain events; answers those that the bus refused, in their order. A whole call that fails rejects. */
export function makeEventBus(options: {
  client: EventBridgeClient;
  busName: string;
}): (events: readonly DomainEvent[]) => Promise<readonly DomainEvent[]> {
  return async (events) => {
    const refused: DomainEvent[] = [];
    for (let start = 0; start < events.length; start += EVENTS_A_CALL) {
      const batch = events.slice(start, start + EVENTS_A_CALL);
      const answer = await options.client.send(
        new PutEventsCommand({
          Entries: batch.map((event) => ({
            EventBusName: options.busName,
            Source: EVENT_SOURCE,
            DetailType: event.type,
            Detail: JSON.stringify(event),
            Time: new Date(event.occurredAt),
          })),
        }),
      );
      refused.push(...batch.filter((_, index) => answer.Entries?.[index]?.ErrorCode !== undefined));
    }
    return refused;
  };
}
