import { decisionNotice } from '#shared/application/notifications/dispute-notice';
import type { Mailer, Notices } from '#shared/application/notifications/ports';
import { sendOnce, type TellOutcome } from '#shared/application/notifications/tell-once';
import type { DisputeStore } from '#shared/application/partners/dispute-ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Log } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';

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
export function makeNotifyDisputeDecision(deps: {
  disputes: Pick<DisputeStore, 'find'>;
  partners: Pick<PartnerStore, 'profile'>;
  programs: Pick<ProgramReader, 'get'>;
  notices: Notices;
  mailer: Mailer;
  log: Log;
}) {
  return async (event: NotifyDisputeDecision): Promise<TellOutcome | 'nobody'> => {
    const { programId, disputeId, eventId, number } = event;
    const dispute = await deps.disputes.find(programId, disputeId);
    const decision = dispute?.decisions.find((one) => one.number === number);
    const profile = dispute && (await deps.partners.profile(programId, dispute.partnerId));
    if (!dispute || !decision || !profile) {
      deps.log.warn('a decision concerns nobody who can be told', { eventId });
      return 'nobody';
    }
    const { partnerId } = dispute;
    const { title, text, mail } = decisionNotice(dispute, decision, profile.name, await deps.programs.get(programId));
    const told = { programId, partnerId, noticeId: eventId, kind: 'dispute.answered', title, text };
    await deps.notices.open({ ...told, occurredAt: decision.decidedAt });
    return sendOnce(deps, event, { ...mail, to: profile.email });
  };
}
