import { hashEmail } from '#shared/application/email-hash';
import { Failure, type FieldError } from '#shared/application/failure';
import type { Language } from '#shared/application/notifications/messages';
import type { makeGetApplicationForm, ShownForm } from '#shared/application/partners/applications/application-form';
import type { Application, ApplicationStore } from '#shared/application/partners/applications/ports';
import type { Clock, Digest } from '#shared/application/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { CONFIRM_WITHIN_DAYS, lapseAfter, weighAgain } from '#shared/domain/partner/application';
import { toInstant } from '#shared/domain/time/instant';

/** A queue that nobody answers takes no more: each is a person who waits, and an item that is kept. */
export const MAX_WAITING = 500;
/** E-mails that strangers can make a programme send in a day (UTC). */
export const MAX_RECEIVED_A_DAY = 300;
/** From one address of a computer in a day: an office has several people behind one. */
export const MAX_A_DAY_AND_SOURCE = 20;
const ID_CHARACTERS = 26;

export type ReceiveApplication = {
  readonly programId: string;
  readonly name: string;
  readonly email: string;
  readonly country: string;
  readonly website?: string | undefined;
  readonly promotion: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly termsHash?: string | undefined;
  readonly language: Language;
  readonly via: 'page' | 'api';
  /** A hash of the caller's address that changes every day; absent where the caller is known. */
  readonly source?: string | undefined;
};

/** `kept`: the address has applied before, and that stands. `too_often`: it was sent enough links that nobody followed. */
export type Receipt = { readonly outcome: 'received' | 'kept' | 'too_often'; readonly application: Application };

/**
 * Takes an application. Input: what an applicant said.
 * 1. The form is open, the answers fit it, and the consent is to the terms as they are.
 * 2. An address has one application: one that waits or was accepted stands; an unconfirmed or declined one gives way.
 * 3. Written with the letter that asks to confirm the address, within the day's limits.
 * @throws Failure unknown_program, applications_closed, invalid_request, text_hash_mismatch, too_many_applications,
 * temporarily_unavailable
 */
export function makeReceiveApplication(deps: {
  readonly applications: Pick<ApplicationStore, 'find' | 'receive' | 'countWaiting'>;
  readonly readForm: ReturnType<typeof makeGetApplicationForm>;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly retry: RetryDeps;
}) {
  const { applications, digest } = deps;
  return async (input: ReceiveApplication): Promise<Receipt> => {
    const { programId, source, ...said } = input;
    const { form } = await deps.readForm({ programId });
    const answers = fitting(form, input);
    if ((await applications.countWaiting(programId, MAX_WAITING)) >= MAX_WAITING) throw tooMany();
    const emailHash = hashEmail(digest, input.email);
    const applicationId = digest(`application\n${programId}\n${emailHash}`).slice(0, ID_CHARACTERS);
    const contentHash = digest(JSON.stringify([said, answers]));
    return retryContended(deps.retry, async () => {
      const nowMs = deps.clock();
      const earlier = await applications.find(programId, applicationId);
      const weighed = weighAgain(earlier, contentHash, nowMs);
      if (earlier && (weighed.outcome === 'kept' || weighed.outcome === 'too_often')) {
        return { outcome: weighed.outcome, application: earlier };
      }
      const receivedAt = toInstant(nowMs);
      const before = earlier?.decision ?? earlier?.earlier;
      const application: Application = {
        ...{ programId, applicationId, version: earlier?.version ?? 0, status: 'unconfirmed' },
        ...{ ...said, answers, emailHash, contentHash, receivedAt },
        links: (weighed.outcome === 'replaced' ? weighed.links : 0) + 1,
        lapsesAt: lapseAfter(CONFIRM_WITHIN_DAYS, nowMs),
        ...(before ? { earlier: before } : {}),
      };
      const written = await applications.receive(application, {
        ...{ day: receivedAt.slice(0, 10), aDay: MAX_RECEIVED_A_DAY },
        ...(source === undefined ? {} : { source: { hash: source, aDay: MAX_A_DAY_AND_SOURCE } }),
      });
      if (written === 'too_many_of_day' || written === 'too_many_of_source') throw tooMany();
      if (written !== 'received') return 'contended';
      return { outcome: 'received', application: { ...application, version: application.version + 1 } } as const;
    });
  };
}

/** @throws Failure applications_closed, invalid_request, text_hash_mismatch */
function fitting(form: ShownForm, { answers, termsHash }: ReceiveApplication): Application['answers'] {
  if (!form.open) throw new Failure('applications_closed', 'This programme takes no applications now.');
  const known = new Set(form.questions.map(({ id }) => id));
  // A question may be called as what every object has, such as constructor.
  const answerTo = (id: string): string | undefined => (Object.hasOwn(answers, id) ? answers[id] : undefined);
  const errors: FieldError[] = [
    ...Object.keys(answers)
      .filter((id) => !known.has(id))
      .map((id) => ({ pointer: `/answers/${id}`, rule: 'is not a question of the form' })),
    ...form.questions
      .filter(({ id, required }) => required && !answerTo(id))
      .map(({ id }) => ({ pointer: `/answers/${id}`, rule: 'is missing' })),
  ];
  if (form.termsHash !== undefined && termsHash === undefined) {
    errors.push({ pointer: '/termsHash', rule: 'is missing: the applicant must agree to the terms' });
  }
  if (errors.length > 0) {
    const named = errors.map(({ pointer, rule }) => `${pointer} ${rule}`).join('; ');
    throw new Failure('invalid_request', `Correct and send again: ${named}.`, { errors });
  }
  if (form.termsHash !== termsHash) {
    throw new Failure('text_hash_mismatch', 'The terms have changed meanwhile. Show the new ones, and ask again.', {
      errors: [{ pointer: '/termsHash', rule: 'must be of the terms as they stand now' }],
    });
  }
  return form.questions.flatMap(({ id, label }) => {
    const answer = answerTo(id);
    return answer ? [{ id, label, answer }] : [];
  });
}

function tooMany(): Failure {
  return new Failure('too_many_applications', 'Many applications have come in. Try again tomorrow.');
}
