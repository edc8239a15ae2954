import type { NoticeInterest } from '#shared/application/notifications/interest';
import type { DomainEvent } from '#shared/contracts/events';

type Publish = (events: readonly DomainEvent[]) => Promise<readonly DomainEvent[]>;

/**
 * Publishes events but for those of sales in programmes where nobody asked to hear of each: there they cost a read of a cache and
 * nothing more. Digests count sales when they are due.
 */
export function makePublishWanted(interest: Pick<NoticeInterest, 'wants'>, publish: Publish): Publish {
  return async (events) => {
    const wanted: DomainEvent[] = [];
    for (const event of events) {
      if (event.type !== 'conversion.recorded' || (await interest.wants(event.programId, event.type))) {
        wanted.push(event);
      }
    }
    return wanted.length === 0 ? [] : publish(wanted);
  };
}
