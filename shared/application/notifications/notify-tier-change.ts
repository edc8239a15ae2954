import type { Mailer, MailOutcome, Notice, Notices } from '#shared/application/notifications/ports';
import { tierNotice } from '#shared/application/notifications/tier-notice';
import type { PartnerStore, PlanReader, TierChange } from '#shared/application/partners/ports';
import type { Log } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { Component } from '#shared/domain/plan';
import { agreementInForce } from '#shared/domain/terms';

export type NotifyTierChange = {
  readonly eventId: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly sequence: number;
};

export type NotifyOutcome = MailOutcome | 'nobody' | 'told_before';

type Dependencies = {
  partners: Pick<PartnerStore, 'tierChange' | 'profile' | 'standing'>;
  programs: Pick<ProgramReader, 'get'>;
  plans: PlanReader;
  notices: Notices;
  mailer: Mailer;
  log: Log;
};

/**
 * Tells a partner of a tier change: one inbox item and one e-mail, never two (design.md; SES has no idempotency key).
 * 1. The whole message is composed first, so that a fault in it costs nothing.
 * 2. Inbox item and the claim on the e-mail are written together, once an event.
 * 3. One caller alone takes the claim, sends, and notes the outcome.
 * A try that certainly sent nothing gives the claim back and rejects, so that the event is delivered again. A try without
 * an answer, and a crash while sending, keep the claim for ever: at most once, because a second e-mail cannot be taken
 * back and the inbox has the notice anyway.
 * @throws Error when the e-mail was not sent and should be tried again
 */
export function makeNotifyTierChange({ partners, programs, plans, notices, mailer, log }: Dependencies) {
  return async (event: NotifyTierChange): Promise<NotifyOutcome> => {
    const { programId, partnerId, eventId } = event;
    const [profile, change] = await Promise.all([
      partners.profile(programId, partnerId),
      partners.tierChange(programId, partnerId, event.sequence),
    ]);
    if (!profile || !change) {
      log.warn('a tier change concerns nobody who can be told', { eventId });
      return 'nobody';
    }
    const program = await programs.get(programId);
    const components = await componentsInForce(change);
    const { title, text, mail } = tierNotice({ partnerName: profile.name, program, change, components });
    const notice: Notice = {
      programId,
      partnerId,
      noticeId: eventId,
      kind: 'tier.changed',
      title,
      text,
      occurredAt: change.recordedAt,
    };
    await notices.open(notice);
    if (!(await notices.startMail(programId, eventId))) return 'told_before';
    return finish(event, await mailer.send({ ...mail, to: profile.email }));
  };

  async function componentsInForce(change: TierChange): Promise<readonly Component[] | undefined> {
    const standing = await partners.standing(change.programId, change.partnerId);
    const agreement = standing && agreementInForce(standing.agreements, change.effectiveFrom);
    const plan = agreement && (await plans.get(change.programId, agreement.planVersion));
    return plan?.components;
  }

  async function finish({ programId, eventId }: NotifyTierChange, outcome: MailOutcome): Promise<NotifyOutcome> {
    await notices.endMail(programId, eventId, outcome === 'not_sent' ? 'pending' : outcome);
    if (outcome === 'not_sent') throw new Error(`the e-mail of ${eventId} was not sent; deliver the event again`);
    if (outcome === 'unknown') log.error('an e-mail has an unknown outcome and is not sent again', { eventId });
    if (outcome === 'refused') log.warn('an e-mail was refused; the notice is in the inbox', { eventId });
    return outcome;
  }
}
