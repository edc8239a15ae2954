import { changeDispute } from '#shared/application/partners/change-dispute';
import type { DisputeStore } from '#shared/application/partners/dispute-ports';
import type { Clock, Log } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';

/**
 * Marks each open dispute whose answer is overdue as escalated, once; its stream record tells the escalation contact.
 * A dispute that fails to be marked holds up no other: the next hour finds it again.
 */
export function makeEscalateDisputes(deps: {
  disputes: DisputeStore;
  programs: { list(): AsyncIterable<Program> };
  clock: Clock;
  log: Log;
}) {
  return async (): Promise<{ readonly escalated: number; readonly failed: number }> => {
    const now = toInstant(deps.clock());
    let escalated = 0;
    let failed = 0;
    for await (const { programId } of deps.programs.list()) {
      for await (const { disputeId } of deps.disputes.overdue(programId, now)) {
        try {
          const after = await changeDispute(deps.disputes, { programId, disputeId }, (dispute) => {
            // The index lags: what it shows as open may be answered.
            if (dispute.status !== 'open' || dispute.answerBy > now) return undefined;
            return { dispute: { ...dispute, status: 'escalated', escalatedAt: now } };
          });
          if (after.escalatedAt === now) escalated += 1;
        } catch (error) {
          failed += 1;
          deps.log.error('a dispute could not be escalated', { programId, disputeId, error: String(error) });
        }
      }
    }
    return { escalated, failed };
  };
}
