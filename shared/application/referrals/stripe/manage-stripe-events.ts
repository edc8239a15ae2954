import { Failure } from '#shared/application/failure';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { Clock, Log, Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type {
  StripeEventRecord,
  StripeEventStatus,
  StripeEventStore,
  StripeSourceStore,
} from '#shared/application/referrals/stripe/ports';
import type { ProcessStripeEvent } from '#shared/application/referrals/stripe/process-stripe-event';
import { toInstant } from '#shared/domain/time/instant';

/** @throws Failure unknown_program; invalid_request for a cursor that was not given */
export function makeListStripeEvents(deps: {
  readonly events: Pick<StripeEventStore, 'list'>;
  readonly programs: ProgramReader;
}): (input: {
  readonly programId: string;
  readonly status: StripeEventStatus;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<StripeEventRecord>> {
  return async ({ programId, status, ...page }) => {
    await deps.programs.get(programId);
    return deps.events.list(programId, status, page);
  };
}

/**
 * Takes an event up again that failed or waits. What was decided for it stays decided, so that nothing is recorded twice.
 * @throws Failure not_found, stripe_event_settled, temporarily_unavailable
 */
export function makeRetryStripeEvent(deps: {
  readonly events: Pick<StripeEventStore, 'find' | 'settle'>;
  readonly process: ProcessStripeEvent;
}): (input: { readonly programId: string; readonly eventId: string }) => Promise<StripeEventRecord> {
  return async ({ programId, eventId }) => {
    const record = await deps.events.find(programId, eventId);
    if (record?.status === 'done' || record?.status === 'ignored' || record?.fact.kind === 'nothing') {
      throw new Failure('stripe_event_settled', 'There is nothing to take up again: see its reason.', {
        errors: [
          { pointer: 'path:eventId', rule: `must be of an event that failed or waits; this is ${record.status}` },
        ],
        extra: { eventStatus: record.status, reason: record.reason },
      });
    }
    if (record?.status === 'failed') await deps.events.settle(record, { status: 'recorded', dueAt: record.receivedAt });
    return deps.process(programId, eventId);
  };
}

/** Of one programme before the next has its turn. */
const SWEPT_AT_A_TURN = 200;
/** Enough to hide the table's latency. */
const SWEPT_AT_ONCE = 8;
/** What is begun by then ends within a function's time (FACT_TASK). */
const SWEEP_MS = 12_000;

/**
 * Processes events that were recorded and never finished, or wait and are due, of every programme that takes events, as many
 * as there is time for; the rest is due in the next sweep. Programmes take turns, so that none waits for a busy one, and what
 * cannot be processed is in nobody's way.
 * @returns how many it looked at and how many could not be processed yet
 */
export function makeSweepStripeEvents(deps: {
  readonly events: Pick<StripeEventStore, 'due'>;
  readonly sources: Pick<StripeSourceStore, 'programs'>;
  readonly process: ProcessStripeEvent;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}): () => Promise<{ readonly looked: number; readonly unfinished: number }> {
  return async () => {
    const began = deps.clock();
    const looked = new Set<string>();
    let unfinished = 0;
    const look = async ({ programId, eventId }: StripeEventRecord): Promise<void> => {
      try {
        await deps.process(programId, eventId);
      } catch (error) {
        unfinished += 1;
        const reason = error instanceof Error ? error.name : 'unknown';
        deps.log.warn('an event of Stripe could not be processed yet', { programId, eventId, reason });
      }
    };
    let before: number;
    do {
      before = looked.size;
      for await (const programId of deps.sources.programs()) {
        const due = await deps.events.due(programId, toInstant(began), SWEPT_AT_A_TURN + unfinished);
        const fresh = due.filter(({ eventId }) => !looked.has(`${programId} ${eventId}`));
        for (const { eventId } of fresh) looked.add(`${programId} ${eventId}`);
        await forEachConcurrently(fresh, SWEPT_AT_ONCE, look);
        if (deps.clock() - began >= SWEEP_MS) break;
      }
    } while (looked.size > before && deps.clock() - began < SWEEP_MS);
    return { looked: looked.size, unfinished };
  };
}
