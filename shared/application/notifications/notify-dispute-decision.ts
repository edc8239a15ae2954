import { type DecidedDisputeDeps, decidedDispute } from '#shared/application/notifications/decided-dispute';
import { decisionNotice } from '#shared/application/notifications/dispute-notice';
import type { Mailer, Notices } from '#shared/application/notifications/ports';
import { sendOnce, type TellOutcome } from '#shared/application/notifications/tell-once';
import type { Log } from '#shared/application/ports';

export type NotifyDisputeDecision = {
  readonly eventId: string;
  readonly programId: string;
  readonly disputeId: string;
  readonly number: number;
};

/**
 * Tells a partner what was decided about its dispute: one inbox item and one e-mail, however often the event comes.
 * @throws Error when the e-mail was not sent and should be tried again
 */
export function makeNotifyDisputeDecision(
  deps: DecidedDisputeDeps & { readonly notices: Notices; readonly mailer: Mailer; readonly log: Log },
) {
  return async (event: NotifyDisputeDecision): Promise<TellOutcome | 'nobody'> => {
    const { programId, eventId } = event;
    const found = await decidedDispute(deps, event);
    if (!found) {
      deps.log.warn('a decision concerns nobody who can be told', { eventId });
      return 'nobody';
    }
    const { dispute, decision, profile, program } = found;
    const { partnerId } = dispute;
    const { title, text, mail } = decisionNotice(dispute, decision, profile.name, program);
    const told = { programId, partnerId, noticeId: eventId, kind: 'dispute.answered', title, text };
    await deps.notices.open({ ...told, occurredAt: decision.decidedAt });
    return sendOnce(deps, event, { ...mail, to: profile.email });
  };
}
