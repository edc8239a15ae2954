import type { Application, ApplicationStore, ApplicationTokens } from '#shared/application/partners/applications/ports';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { hasLapsed } from '#shared/domain/partner/application';
import { toInstant } from '#shared/domain/time/instant';

/** `asks`: not confirmed yet. `confirmed`: by this link or another, whatever became of it since. */
export type Confirmation = {
  readonly state: 'asks' | 'confirmed';
  readonly application: Application;
  readonly program: Program;
};

type Deps = {
  readonly applications: Pick<ApplicationStore, 'find' | 'save'>;
  readonly tokens: Pick<ApplicationTokens, 'readLink'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly clock: Clock;
};
type Asked = { readonly programId: string; readonly token: string };

/**
 * What a link of an e-mail is about. `undefined`: it is not ours, has lapsed, or a newer application has taken its place.
 * @throws Failure temporarily_unavailable
 */
export function makeShowConfirmation({ applications, tokens, programs, clock }: Deps) {
  return async ({ programId, token }: Asked): Promise<Confirmation | undefined> => {
    const link = await tokens.readLink(token);
    if (link?.programId !== programId) return undefined;
    const application = await applications.find(programId, link.applicationId);
    if (!application || hasLapsed(application, clock()) || application.version < link.version) return undefined;
    const isOpen = application.status === 'unconfirmed';
    // What somebody else may have typed in under the address since is not confirmed by an older link.
    if (isOpen && application.version !== link.version) return undefined;
    return { state: isOpen ? 'asks' : 'confirmed', application, program: await programs.get(programId) };
  };
}

/** Confirms the address of an applicant: from then on staff are asked to decide. A repeat changes nothing. @throws Failure temporarily_unavailable */
export function makeConfirmApplication(deps: Deps & { readonly retry: RetryDeps }) {
  const show = makeShowConfirmation(deps);
  return (asked: Asked): Promise<Confirmation | undefined> =>
    retryContended(deps.retry, async () => {
      const found = await show(asked);
      if (found?.state !== 'asks') return found;
      const { lapsesAt: _, ...application } = found.application;
      const confirmed = { ...application, status: 'waiting', confirmedAt: toInstant(deps.clock()) } as const;
      if ((await deps.applications.save(confirmed)) === 'stale') return 'contended';
      return { ...found, state: 'confirmed', application: confirmed };
    });
}
