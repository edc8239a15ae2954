import type { NotifyOutcome } from '#shared/application/notifications/notify-tier-change';
import { payeeNotice } from '#shared/application/notifications/payee-notice';
import type { Mailer, Notices } from '#shared/application/notifications/ports';
import { sendOnce } from '#shared/application/notifications/tell-once';
import type { PayeeStore } from '#shared/application/partners/payee-ports';
import type { Log } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';

export type NotifyPayeeChange = {
  readonly eventId: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly payeeId: string;
};

/**
 * Tells a partner that its bank details were changed, at the address it had before: one inbox item and one e-mail however often
 * the event comes. Whoever gets into an account and leads its money elsewhere cannot keep its owner from hearing of it.
 * @throws Error when the e-mail was not sent and should be tried again
 */
export function makeNotifyPayeeChange(deps: {
  readonly partners: Pick<PayeeStore, 'payeeNotice'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly notices: Notices;
  readonly mailer: Mailer;
  readonly log: Log;
}): (event: NotifyPayeeChange) => Promise<NotifyOutcome> {
  return async (event) => {
    const { programId, partnerId, payeeId, eventId } = event;
    const change = await deps.partners.payeeNotice(programId, partnerId, payeeId);
    if (!change) {
      deps.log.warn('a change of payee concerns nobody who can be told', { eventId });
      return 'nobody';
    }
    const { title, text, mail } = payeeNotice(change, await deps.programs.get(programId));
    const { changedAt: occurredAt } = change;
    await deps.notices.open({
      programId,
      partnerId,
      noticeId: eventId,
      kind: 'payee.changed',
      title,
      text,
      occurredAt,
    });
    return sendOnce(deps, event, { ...mail, to: change.email });
  };
}
