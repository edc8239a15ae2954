import type { ApplicationForm, ApplicationForms } from '#shared/application/partners/applications/ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';

export type ShownForm = ApplicationForm & { readonly termsHash?: string | undefined };

type SetForm = Omit<ApplicationForm, 'changedAt' | 'changedBy' | 'onBehalfOf'> & {
  readonly programId: string;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
};

const CLOSED: ApplicationForm = { open: false, questions: [] };

/** Says whether people may apply, and what they are asked. The last one counts. @throws Failure unknown_program */
export function makeSetApplicationForm(deps: {
  readonly forms: ApplicationForms;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly clock: Clock;
  readonly digest: Digest;
}) {
  return async ({ programId, by, onBehalfOf, ...said }: SetForm): Promise<ShownForm> => {
    await deps.programs.get(programId);
    const person = onBehalfOf === undefined ? {} : { onBehalfOf };
    const form = { ...said, changedAt: toInstant(deps.clock()), changedBy: by, ...person };
    await deps.forms.save(programId, form);
    return withTermsHash(deps.digest, form);
  };
}

/** What applicants are asked; of a programme that never said so, nothing and closed. @throws Failure unknown_program */
export function makeGetApplicationForm(deps: {
  readonly forms: Pick<ApplicationForms, 'find'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly digest: Digest;
}) {
  return async ({ programId }: { readonly programId: string }) => {
    const [program, form = CLOSED] = await Promise.all([deps.programs.get(programId), deps.forms.find(programId)]);
    return { program, form: withTermsHash(deps.digest, form) };
  };
}

/** The hash of text and address together: a consent says which words it was to, and where the others stood. */
function withTermsHash(digest: Digest, form: ApplicationForm): ShownForm {
  const { termsText = '', termsUrl = '' } = form;
  return termsText === '' && termsUrl === '' ? form : { ...form, termsHash: digest(`${termsUrl}\n${termsText}`) };
}
