import { correctionNotice } from '#shared/application/notifications/dispute-notice';
import type { Mailer, Notices } from '#shared/application/notifications/ports';
import { sendOnce, type TellOutcome } from '#shared/application/notifications/tell-once';
import type { DisputeStore } from '#shared/application/partners/dispute-ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Log } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { cameToNothing, type RemedyEffect } from '#shared/domain/partner/dispute';

export type NotifyDisputeCorrection = {
  readonly eventId: string;
  readonly programId: string;
  readonly disputeId: string;
  readonly number: number;
  readonly occurredAt: string;
  readonly effect: Pick<RemedyEffect, 'kind'> & { readonly state?: string | undefined };
};

/**
 * Takes back what a partner was told of a decision whose remedy came to nothing: one inbox item and one e-mail, however often
 * the event comes. Not why: that may tell of another partner. What was carried out was told with the decision.
 * @throws Error when the e-mail was not sent and should be tried again
 */
export function makeNotifyDisputeCorrection(deps: {
  disputes: Pick<DisputeStore, 'find'>;
  partners: Pick<PartnerStore, 'profile'>;
  programs: Pick<ProgramReader, 'get'>;
  notices: Notices;
  mailer: Mailer;
  log: Log;
}) {
  return async (event: NotifyDisputeCorrection): Promise<TellOutcome | 'nobody'> => {
    const { programId, disputeId, eventId, number, occurredAt, effect } = event;
    if (!cameToNothing(effect)) return 'nobody';
    const dispute = await deps.disputes.find(programId, disputeId);
    const decision = dispute?.decisions.find((one) => one.number === number);
    const profile = dispute && (await deps.partners.profile(programId, dispute.partnerId));
    if (!dispute || !decision || !profile) {
      deps.log.warn('a remedy that came to nothing concerns nobody who can be told', { eventId });
      return 'nobody';
    }
    const { partnerId } = dispute;
    const { title, text, mail } = correctionNotice(dispute, decision, profile.name, await deps.programs.get(programId));
    const told = { programId, partnerId, noticeId: eventId, kind: 'dispute.corrected', title, text };
    await deps.notices.open({ ...told, occurredAt });
    return sendOnce(deps, event, { ...mail, to: profile.email });
  };
}
