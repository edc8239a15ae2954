import type { Language } from '#shared/application/notifications/messages';
import type { Mail, Mailer } from '#shared/application/notifications/ports';
import type { Suppressions } from '#shared/application/notifications/suppressions';
import type { ApplicationEvent } from '#shared/application/partners/applications/application-events';
import type {
  Application,
  ApplicationStore,
  ApplicationTokens,
  LetterClaims,
  LetterKind,
} from '#shared/application/partners/applications/ports';
import type { Clock, Log } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { hasLapsed } from '#shared/domain/partner/application';

/** Puts a letter into words. */
export type RenderLetter = (letter: {
  readonly kind: LetterKind;
  readonly name: string;
  readonly program: string;
  readonly language: Language;
  readonly link?: string | undefined;
  /** The programme's own words. */
  readonly message?: string | undefined;
}) => Pick<Mail, 'subject' | 'text' | 'html'>;

const KIND_OF: Readonly<Record<ApplicationEvent['type'], LetterKind>> = {
  'application.received': 'received',
  'application.accepted': 'accepted',
  'application.declined': 'declined',
};

/**
 * Writes to an applicant, once a letter however often it is called: to confirm its address, that it is welcome, or that it is not.
 * It has no inbox and no preferences; an address that takes no e-mail gets none.
 * @throws Error when an e-mail was not sent and should be tried again
 */
export function makeWriteToApplicants(deps: {
  readonly applications: Pick<ApplicationStore, 'find'>;
  readonly letters: LetterClaims;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly tokens: Pick<ApplicationTokens, 'signLink'>;
  readonly suppressions: Pick<Suppressions, 'isSuppressed'>;
  readonly mailer: Mailer;
  readonly render: RenderLetter;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly log: Log;
}) {
  const { letters, log } = deps;
  return async ({ type, eventId, programId, applicationId, version }: ApplicationEvent): Promise<void> => {
    const kind = KIND_OF[type];
    const application = await deps.applications.find(programId, applicationId);
    // A link that something newer has taken the place of is of no use.
    const isOwed =
      application && !hasLapsed(application, deps.clock()) && (kind !== 'received' || application.version === version);
    if (!isOwed) return log.info('a letter to an applicant is owed no more', { eventId });
    const mail = await compose(kind, application, version);
    const letter = { programId, applicationId, version };
    if (!(await letters.start(letter))) return;
    if (await deps.suppressions.isSuppressed(programId, application.email)) {
      log.warn('an applicant takes no e-mail', { eventId });
      return letters.end(letter, 'skipped');
    }
    const outcome = await deps.mailer.send(mail);
    if (outcome === 'not_sent') {
      await letters.giveBack(letter);
      throw new Error(`the letter of ${eventId} was not sent; deliver the event again`);
    }
    await letters.end(letter, outcome);
    if (outcome !== 'sent') log.warn('a letter to an applicant may not have gone out', { eventId, outcome });
  };

  async function compose(kind: LetterKind, application: Application, version: number): Promise<Mail> {
    const { programId, name, email, language, decision } = application;
    const program = await deps.programs.get(programId);
    const link = await linkOf(kind, application, version);
    const message = decision?.decision === 'decline' ? decision.message : undefined;
    const rendered = deps.render({ kind, name, program: program.name, language, link, message });
    return { to: email, ...rendered, about: { programId, kind: `application.${kind}` } };
  }

  async function linkOf(
    kind: LetterKind,
    { programId, applicationId }: Application,
    version: number,
  ): Promise<string | undefined> {
    if (kind === 'declined') return undefined;
    if (kind === 'accepted') return `${deps.publicUrl}/console`;
    const token = await deps.tokens.signLink({ programId, applicationId, version });
    if (token === undefined) throw new Error('the signing key cannot be read just now; deliver the event again');
    return `${deps.publicUrl}/apply/${encodeURIComponent(programId)}/confirm/${token}`;
  }
}
