import type { Clock, Digest, Log } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import type { Hold, HoldStore } from '#shared/application/referrals/holds/hold-ports';
import type { DomainEvent } from '#shared/contracts/events';
import { type Instant, toInstant } from '#shared/domain/time/instant';

/** One e-mail names this many: more would not be read. */
const HOLDS_A_NOTICE = 50;
/** 128 bits tell two sets of orders apart. */
const ID_LENGTH = 32;

type Publish = (events: readonly DomainEvent[]) => Promise<readonly DomainEvent[]>;
type Deps = {
  readonly holds: Pick<HoldStore, 'overdue' | 'escalate'>;
  readonly publish: Publish;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly log: Log;
};

/**
 * Escalates each open hold that nobody decided on in time. It is told first and marked afterwards: a crash in between tells it
 * again, under an id that follows from the orders, so that the same notice is not sent twice. It goes on waiting: nothing
 * releases or voids a sale by itself. A programme that fails holds up no other; the next hour finds its holds again.
 */
export function makeEscalateHolds(
  deps: Deps & { readonly programs: { list(): AsyncIterable<Pick<Program, 'programId'>> } },
): () => Promise<{ readonly escalated: number; readonly failed: number }> {
  return async () => {
    const now = toInstant(deps.clock());
    let escalated = 0;
    let failed = 0;
    for await (const { programId } of deps.programs.list()) {
      try {
        escalated += await escalateOf(deps, programId, now);
      } catch (error) {
        failed += 1;
        deps.log.error('holds could not be escalated', { programId, error: String(error) });
      }
    }
    return { escalated, failed };
  };
}

async function escalateOf(deps: Deps, programId: string, now: Instant): Promise<number> {
  const overdue: Hold[] = [];
  for await (const hold of deps.holds.overdue(programId, now)) overdue.push(hold);
  let escalated = 0;
  for (let start = 0; start < overdue.length; start += HOLDS_A_NOTICE) {
    const batch = overdue.slice(start, start + HOLDS_A_NOTICE);
    const refused = await deps.publish([eventOf(deps.digest, programId, batch, now)]);
    if (refused.length > 0) throw new Error('the bus took no notice of overdue holds');
    for (const hold of batch) if ((await deps.holds.escalate(hold, now)) === 'done') escalated += 1;
  }
  return escalated;
}

function eventOf(digest: Digest, programId: string, holds: readonly Hold[], occurredAt: Instant): DomainEvent {
  const orderIds = holds.map(({ orderId }) => orderId);
  const id = digest(JSON.stringify(orderIds.toSorted())).slice(0, ID_LENGTH);
  return { type: 'holds.escalated', eventId: `holds-escalated~${programId}~${id}`, programId, occurredAt, orderIds };
}
