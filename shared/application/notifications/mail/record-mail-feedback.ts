import { hashEmail } from '#shared/application/email-hash';
import type { Suppressions } from '#shared/application/notifications/suppressions';
import type { PeopleReader } from '#shared/application/partners/ports';
import type { Digest, Log } from '#shared/application/ports';
import type { MailReport } from '#shared/domain/mail/mail-health';

export type ReportedMail = MailReport & {
  /** Of the message; absent for one that was sent without. */
  readonly programId?: string | undefined;
  /** Where it was sent to. */
  readonly addresses: readonly string[];
};

/**
 * Stops mail to an address, or counts towards it. An address that does not exist exists in no programme: a permanent bounce
 * counts in each where a partner has it. A complaint, or a mailbox that is full for a while, counts where the message came from.
 * @throws Error when a record could not be written: the report is to be delivered again, which changes nothing twice
 */
export function makeRecordMailFeedback(deps: {
  readonly suppressions: Pick<Suppressions, 'suppress'>;
  readonly people: Pick<PeopleReader, 'partnersByEmailHash'>;
  readonly digest: Digest;
  readonly log: Log;
}) {
  const programsOf = async ({ finding, programId }: ReportedMail, email: string): Promise<ReadonlySet<string>> => {
    const named = programId === undefined ? [] : [programId];
    if (finding !== 'permanent_bounce' && programId !== undefined) return new Set(named);
    const partners = await deps.people.partnersByEmailHash(hashEmail(deps.digest, email));
    return new Set([...named, ...partners.map((partner) => partner.programId)]);
  };
  return async (report: ReportedMail): Promise<void> => {
    const { addresses, programId: _programId, ...what } = report;
    for (const email of addresses) {
      const programs = await programsOf(report, email);
      if (programs.size === 0)
        deps.log.warn('a report on an e-mail names no programme', { messageId: report.messageId });
      for (const programId of programs) {
        const outcome = await deps.suppressions.suppress({ ...what, programId, email });
        const { finding, messageId } = report;
        deps.log.info('a report on an e-mail was weighed', { programId, messageId, finding, outcome });
      }
    }
  };
}
