import { Failure } from '#shared/application/failure';
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

/** What one sweep looks at: some reads and writes each, within a function's time. The rest is due in the next. */
const MAX_SWEPT = 200;

/**
 * Processes events that were recorded and never finished, or wait and are due, of every programme that takes events.
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
    let looked = 0;
    let unfinished = 0;
    for await (const programId of deps.sources.programs()) {
      const due = await deps.events.due(programId, toInstant(deps.clock()), MAX_SWEPT - looked);
      for (const { eventId } of due) {
        looked += 1;
        try {
          await deps.process(programId, eventId);
        } catch (error) {
          unfinished += 1;
          const reason = error instanceof Error ? error.name : 'unknown';
          deps.log.warn('an event of Stripe could not be processed yet', { programId, eventId, reason });
        }
      }
      if (looked >= MAX_SWEPT) break;
    }
    return { looked, unfinished };
  };
}
