import { type DecidedDisputeDeps, decidedDispute } from '#shared/application/notifications/decided-dispute';
import { correctionNotice } from '#shared/application/notifications/dispute-notice';
import type { Mailer, Notices } from '#shared/application/notifications/ports';
import { sendOnce, type TellOutcome } from '#shared/application/notifications/tell-once';
import type { Log } from '#shared/application/ports';
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
export function makeNotifyDisputeCorrection(
  deps: DecidedDisputeDeps & { readonly notices: Notices; readonly mailer: Mailer; readonly log: Log },
) {
  return async (event: NotifyDisputeCorrection): Promise<TellOutcome | 'nobody'> => {
    const { programId, eventId, occurredAt, effect } = event;
    if (!cameToNothing(effect)) return 'nobody';
    const found = await decidedDispute(deps, event);
    if (!found) {
      deps.log.warn('a remedy that came to nothing concerns nobody who can be told', { eventId });
      return 'nobody';
    }
    const { dispute, decision, profile, program } = found;
    const { partnerId } = dispute;
    const { title, text, mail } = correctionNotice(dispute, decision, profile.name, program);
    const told = { programId, partnerId, noticeId: eventId, kind: 'dispute.corrected', title, text };
    await deps.notices.open({ ...told, occurredAt });
    return sendOnce(deps, event, { ...mail, to: profile.email });
  };
}
