import type { Mailer, Notice, Notices } from '#shared/application/notifications/ports';
import { sendOnce, type TellOutcome } from '#shared/application/notifications/tell-once';
import { tierNotice } from '#shared/application/notifications/tier-notice';
import type { PartnerStore, PlanReader, TierChange } from '#shared/application/partners/ports';
import type { Log } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { isCustomPlanVersion, versionInForce } from '#shared/domain/partner/agreement';
import type { Component } from '#shared/domain/plan/plan';

export type NotifyTierChange = {
  readonly eventId: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly sequence: number;
};

export type NotifyOutcome = TellOutcome | 'nobody';

type Dependencies = {
  partners: Pick<PartnerStore, 'tierChange' | 'profile' | 'standing' | 'components'>;
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
    return sendOnce({ notices, mailer, log }, event, { ...mail, to: profile.email });
  };

  async function componentsInForce(change: TierChange): Promise<readonly Component[] | undefined> {
    const standing = await partners.standing(change.programId, change.partnerId);
    const agreement = standing && versionInForce(standing.agreements, change.effectiveFrom);
    if (!agreement) return undefined;
    const { planVersion } = agreement;
    if (isCustomPlanVersion(planVersion)) {
      return partners.components(change.programId, change.partnerId, planVersion);
    }
    return (await plans.get(change.programId, planVersion))?.components;
  }
}
