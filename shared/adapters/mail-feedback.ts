import { fromTagValue } from '#shared/adapters/mail-tags';
import type { ReportedMail } from '#shared/application/notifications/mail/record-mail-feedback';
import type { MailFeedbackEvent } from '#shared/contracts/notifications/mail-feedback';

/** Feedback-Type (RFC 5965, IANA registry) of what is no complaint: that it was no spam after all, and reports on signatures. */
const NO_COMPLAINT = new Set(['not-spam', 'auth-failure', 'dmarc']);
const FEEDBACK_TYPE = /^[a-z-]{1,30}$/;
/** As in `5.1.1` (RFC 3463). What the receiving side wrote besides may hold the address. */
const STATUS = /^[245]\.\d{1,3}\.\d{1,3}$/;

/**
 * What an event of SES reports, without a word in which an address could stand; `undefined` for what says nothing against an
 * address. A bounce that SES could not tell the type of may pass.
 */
export function reportOf(event: MailFeedbackEvent): ReportedMail | undefined {
  const { mail } = event.detail;
  const [tag] = mail.tags.programId ?? [];
  const message = {
    messageId: mail.messageId,
    sentAt: mail.timestamp,
    programId: tag === undefined ? undefined : fromTagValue(tag),
  };
  if (event['detail-type'] === 'Email Bounced') {
    const { bounceType, bounceSubType = '', bouncedRecipients, timestamp } = event.detail.bounce;
    const [status = ''] = bouncedRecipients.flatMap((one) => (STATUS.test(one.status ?? '') ? [one.status] : []));
    return {
      ...message,
      finding: bounceType === 'Permanent' ? 'permanent_bounce' : 'transient_bounce',
      reportedAt: timestamp,
      detail: [bounceSubType, status].filter((part) => part !== '').join(' ') || undefined,
      addresses: addressesOf(mail.destination, bouncedRecipients),
    };
  }
  const { complaintFeedbackType: type, complainedRecipients, timestamp } = event.detail.complaint;
  if (NO_COMPLAINT.has(type ?? '')) return undefined;
  const addresses = addressesOf(mail.destination, complainedRecipients);
  const detail = type && FEEDBACK_TYPE.test(type) ? type : undefined;
  return { ...message, finding: 'complaint', reportedAt: timestamp, detail, addresses };
}

/** Ours have one recipient each: behind a forwarding the receiving side names another address, which nobody here knows. */
function addressesOf(
  destination: readonly string[],
  recipients: readonly { readonly emailAddress: string }[],
): readonly string[] {
  return destination.length === 1 ? destination : recipients.map(({ emailAddress }) => emailAddress);
}
