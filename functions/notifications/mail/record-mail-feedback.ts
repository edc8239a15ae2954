import { people, suppressions } from '#functions/notifications/mail/mail-composition';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { reportOf } from '#shared/adapters/mail-feedback';
import { makeRecordMailFeedback } from '#shared/application/notifications/mail/record-mail-feedback';
import { mailFeedbackSchema } from '#shared/contracts/notifications/mail-feedback';

const record = makeRecordMailFeedback({ suppressions, people, digest, log });

/** A report of SES on one message. @throws Error when it is to be delivered again: it is kept in the dead-letter queue then */
export async function handler(event: unknown): Promise<void> {
  const report = reportOf(mailFeedbackSchema.parse(event));
  if (report) await record(report);
}
